from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kxmodel.lint.text import MAX_LENGTH, be, listed, plural, printable


def test_lists_of_names() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "'a'"
    assert listed(["a", "b", "c"], "or") == "'a', 'b' or 'c'"
    assert listed(str(n) for n in range(10)).endswith("'7' and 2 more")
    assert (be(["a"]), be(["a", "b"])) == ("is", "are")
    assert (plural(1, "note"), plural(2, "note")) == ("1 note", "2 notes")


@given(st.text())
def test_printable(text: str) -> None:
    told = printable(text)
    assert told.isprintable()
    assert told == text or not text.isprintable()


def test_escapes_and_length() -> None:
    assert printable("a\nb\u202e\x1b") == "a\\nb\\u202e\\x1b"
    assert printable("\ud800") == "\\ud800"
    assert len(printable("x" * 5000)) == MAX_LENGTH
