from __future__ import annotations

from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import is_email, normalise_email


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("John.Doe@Example.COM", "john.doe@example.com"),
        ("  a@b.co\n", "a@b.co"),
        ("a#b+c'd@x-y.example", "a#b+c'd@x-y.example"),
        ("JÜRGEN@MÜLLER.DE", "jürgen@müller.de"),
        ("e\u0301@x.fr", "é@x.fr"),
        ("İ@x.tr", "i\u0307@x.tr"),
        ("a@xn--mller-kva.de", "a@xn--mller-kva.de"),
        ("x" * 64 + "@" + "y" * 63 + ".de", "x" * 64 + "@" + "y" * 63 + ".de"),
    ],
)
def test_one_spelling(written: str, stored: str) -> None:
    assert normalise_email(written) == stored
    assert is_email(written)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no @"),
        ("john", "no @"),
        ("@example.com", "before the @"),
        ("a b@example.com", "cannot stand"),
        ("a@b@example.com", "cannot stand"),
        (".a@example.com", "dot"),
        ("a..b@example.com", "dot"),
        ('"a b"@example.com', "cannot stand"),
        ("John <john@example.com>", "cannot stand"),
        ("a@localhost", "no dot"),
        ("a@", "no dot"),
        ("a@example..com", "no part"),
        ("a@example.com.", "no part"),
        ("a@-x.com", "no part"),
        ("a@x_y.com", "no part"),
        ("a@[127.0.0.1]", "no part"),
        ("a@127.0.0.1", "top-level"),
        ("a@exam ple.com", "no part"),
        ("a\x00@example.com", "cannot stand"),
        ("a\u200b@example.com", "cannot stand"),
        ("x" * 65 + "@example.com", "over 64"),
        ("a@" + "y" * 64 + ".com", "over 63"),
        ("a@" + ".".join(["y" * 60] * 5), "over 254"),
        ("ü" * 33 + "@example.com", "over 64"),
    ],
)
def test_what_is_no_address_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueRefused, match=reason) as caught:
        normalise_email(text)
    assert caught.value.code == "KX313"
    assert not is_email(text)


def test_half_a_surrogate_pair_and_other_types_are_refused() -> None:
    assert not is_email("\ud800@example.com")
    assert not is_email(None)


@given(st.text(max_size=12), st.text(max_size=8), st.sampled_from([".com", ".ÄÖ", ".ΑΣ"]))
def test_normalising_twice_changes_nothing(local: str, label: str, top: str) -> None:
    try:
        once = normalise_email(f"{local}@{label}{top}")
    except ValueRefused:
        return
    assert normalise_email(once) == once
    assert once == once.strip()


def test_a_member_of_an_enumeration_counts_as_its_text() -> None:
    class Address(str, Enum):  # noqa: UP042  # which prints itself by its name
        OFFICE = "office@example.com"

    assert type(normalise_email(Address.OFFICE)) is str
    assert normalise_email(Address.OFFICE) == "office@example.com"
