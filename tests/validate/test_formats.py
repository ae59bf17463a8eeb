from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.validate import FORMATS
from kxmodel.validate.formats import FORMAT_WORDS, refusal

GOOD = {
    "ulid": ["01HM66P6C0X8M2N3P4Q5R6S7T8", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"],
    "email": ["a@b.co", "First.Last+x@Example.COM"],
    "e164": ["+19545550123", "+1234567890"],
    "date-time": ["2024-01-15T10:30:00.000Z"],
    "lowercase": ["", "a1#é"],
    "date": ["2024-02-29", "2024-01-15"],
    "time": ["10:30:00Z", "10:30:00.123+05:30", "23:59:60Z", "01:29:60+01:30", "15:59:60-08:00"],
    "uuid": ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
    "uri": [
        "https://example.com/a?b#c",
        "https://example.com/a/b.png",
        "urn:a:b",
        "mailto:a@b.co",
        "http://[::1]:80/",
    ],
    "ipv4": ["192.168.0.1"],
    "ipv6": ["::1", "2001:db8::ff00:42:8329", "2001:0db8:0:0:0:ff00:42:8329"],
    "hostname": ["example.com", "a", "xn--nxasmq6b"],
    "timezone": ["UTC", "America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+5"],
}

BAD = {
    "ulid": ["", "01HKQR5J9X8M2N3P4Q5R6S7T8U", "01hm66p6c0x8m2n3p4q5r6s7t8"],
    "email": ["", "a@b", " a@b.co", "a@b.co\n", "a b@c.de"],
    "e164": ["", "19545550123", "+1 954 555 0123", "+19545550123\n"],
    "date-time": [
        "",
        "2024-01-15T10:30:00Z",
        "2024-01-15T10:30:00.000+00:00",
        "2024-01-15 10:30:00.000Z",
        "2024-13-15T10:30:00.000Z",
        "2024-01-15T10:30:00.000Z\n",
    ],
    "lowercase": ["A", "É"],
    "date": ["2023-02-29", "20240229", "2024-2-9", "2024-02-29\n", "202\u0664-02-29"],
    "time": ["10:30:00", "24:00:00Z", "10:30Z", "12:00:60Z", "10:30:00Z\n"],
    "uuid": ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"],
    "uri": [
        "",
        "example.com",
        "//example.com",
        "https://a b",
        "http://[::1",
        "http://[1]/",
        "a:%zz",
    ],
    "ipv4": ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4\n", "1.2.3.\u0661"],
    "ipv6": ["::1%eth0", "1::2::3", "12345::"],
    "hostname": ["", "-a", "a-", "a..b", "a_b", "a" * 64, ".".join(["a" * 60] * 5)],
    "timezone": ["", "/UTC", "America/", "a b", "+05:00"],
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_format(name: str) -> None:
    assert [text for text in GOOD[name] if not FORMATS[name](text)] == []
    assert [text for text in BAD[name] if FORMATS[name](text)] == []


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(text=st.text(st.characters()))
def test_any_text_gets_an_answer(name: str, text: str) -> None:
    assert FORMATS[name](text) in (True, False)
    if not FORMATS[name](text):
        assert refusal(name, text).startswith("is not ")


def test_every_format_has_words() -> None:
    assert FORMAT_WORDS.keys() == FORMATS.keys()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ulid", "01HKQR5J9X8M2N3P4Q5R6S7T8U", "is not a ULID: 'U' at position 26"),
        ("ulid", "01hm66p6c0x8m2n3p4q5r6s7t8", "; it is written 01HM66P6C0X8M2N3P4Q5R6S7T8"),
        ("date-time", "2024-01-15T10:30:00Z", "; it is written 2024-01-15T10:30:00.000Z"),
        ("date-time", "2024-01-15T10:30:00", "neither Z nor an offset"),
        ("email", "a@b", "the domain has no dot"),
        ("e164", "1", "is not a phone number in E.164, like +19545550123"),
        ("colour", "1", "is not of the format colour"),
    ],
)
def test_refusal_says_why(name: str, text: str, words: str) -> None:
    assert words in refusal(name, text)
