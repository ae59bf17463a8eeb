from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import is_e164, known_region, normalise_phone


@pytest.mark.parametrize(
    "written",
    [
        "+19545550123",
        "+1 (954) 555-0123",
        "tel:+1-954-555-0123",
        " +1.954.555.0123 ",
        "\uff0b1 954 555 0123",
        "+\u0661\u0669\u0665\u0664\u0665\u0665\u0665\u0660\u0661\u0662\u0663",
    ],
)
def test_one_number_is_one_key(written: str) -> None:
    assert normalise_phone(written) == "+19545550123"
    assert normalise_phone(written, "DE") == "+19545550123"


def test_national_numbers_are_read_in_their_region() -> None:
    assert normalise_phone("(954) 555-0123", "US") == "+19545550123"
    assert normalise_phone("020 7946 0958", "GB") == "+442079460958"
    assert normalise_phone("+44 (0)20 7946 0958") == "+442079460958"
    assert normalise_phone("06 1234 5678", "IT") == "+390612345678"


def test_the_test_number_of_the_tables_is_taken() -> None:
    assert normalise_phone("+1234567890") == "+1234567890"


@pytest.mark.parametrize(
    ("text", "region", "reason"),
    [
        ("954 555 0123", None, "no country code"),
        ("555-0123", "US", "no number in US has this length"),
        ("954 555 0123", "ZZ", "no region"),
        ("954 555 0123", "us", "no region"),
        ("+1 954 555 0123 ext. 5", None, "extension"),
        ("+1 954 555 0123x5", None, "extension"),
        ("+1 954 555 0123 #5", None, "extension"),
        ("tel:+1-954-555-0123;ext=5", None, "extension"),
        ("+1 954 555 0123 366", None, "more digits"),
        ("+1 954 FLOWERS", None, "characters"),
        ("+1 954 555 0123 office", None, "characters"),
        ("+1 954 555 0123/+1 954 555 0124", None, "characters"),
        ("+999 1234 5678", None, "plus-sign"),
        ("+12", None, "phone number"),
        ("+310000000", None, "zeros"),
        ("+1 2345", None, "7 to 15 digits"),
        ("+", None, "characters"),
        ("", None, "characters"),
        ("1" * 101, "US", "over 100"),
    ],
)
def test_what_is_not_one_number_is_refused(text: str, region: str | None, reason: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        normalise_phone(text, region)
    assert caught.value.code == "KX314"
    assert reason in caught.value.message


def test_the_fix_for_a_national_number_names_both_ways() -> None:
    with pytest.raises(ValueRefused) as caught:
        normalise_phone("954 555 0123")
    assert "country code" in (caught.value.fix or "")
    assert "default region" in (caught.value.fix or "")


def test_other_types_are_refused() -> None:
    with pytest.raises(ValueRefused, match="int"):
        normalise_phone(19545550123)


@settings(max_examples=400)
@given(st.from_regex(r"\+[1-9][0-9 ().-]{5,18}", fullmatch=True))
def test_normalising_twice_changes_nothing(written: str) -> None:
    try:
        once = normalise_phone(written)
    except ValueRefused:
        return
    assert is_e164(once)
    assert normalise_phone(once) == once


def test_e164_is_ascii_digits_from_end_to_end() -> None:
    assert is_e164("+1234567")
    assert is_e164("+123456789012345")
    for text in (
        "+123456",
        "+1234567890123456",
        "1234567",
        "+0234567",
        "+1234567\n",
        "+\u0661234567",
    ):
        assert not is_e164(text)
    assert not is_e164(None)


def test_regions() -> None:
    assert known_region("US")
    assert not known_region("ZZ")
