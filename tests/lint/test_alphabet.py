from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.keys.shape import ANY, CharClass, one_of
from kxmodel.lint.alphabet import alphabet, both, either
from kxmodel.validate import portable_pattern

CHARS = "abc#-^]$|\\ é\n"
CLASSES = st.builds(CharClass, st.frozensets(st.sampled_from(CHARS)), st.booleans())


@given(CLASSES, CLASSES, st.sampled_from(CHARS + "zZ9"))
def test_both_and_either(one: CharClass, other: CharClass, character: str) -> None:
    assert (character in both(one, other)) == (character in one and character in other)
    assert (character in either(one, other)) == (character in one or character in other)


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        ("^[a-c]+$", "abc"),
        ("^a{2}(?:b|\\x63)?$", "abc"),
        ("^(a|(b))$", "ab"),
        ("^[\\]\\-a-]+$", "]-a"),
        ("^\\u0023\\t$", "#\t"),
    ],
)
def test_what_a_pattern_mentions(pattern: str, allowed: str) -> None:
    assert alphabet(pattern) == one_of(allowed)


@pytest.mark.parametrize(
    "pattern", ["", "a", "^a", "a$", "^a$|b", "^a|b$", "^$|^a", "\\d", "^(?=a)$", "("]
)
def test_patterns_that_say_nothing_about_the_whole_text(pattern: str) -> None:
    assert alphabet(pattern) == ANY


ATOMS = st.sampled_from(
    [
        "a",
        "b",
        "#",
        "\\$",
        "\\x23",
        "\\u00e9",
        "[a-c]",
        "[^#]",
        "[#-&]",
        "[\\^\\]-]",
        "[^a-z\\-]",
        "-",
    ]
)
QUANTIFIED = st.builds(
    "{}{}".format, ATOMS, st.sampled_from(["", "?", "*", "+", "{2}", "{0,3}", "{1,}"])
)
BODIES = st.recursive(
    st.lists(QUANTIFIED, min_size=1, max_size=4).map("".join),
    lambda inner: (
        st.builds("({}|{}){}".format, inner, inner, st.sampled_from(["", "*", "?"]))
        | st.builds("(?:{}){}".format, inner, inner)
    ),
    max_leaves=4,
)


@given(BODIES, st.data())
def test_no_match_has_another_character(body: str, data: st.DataObject) -> None:
    pattern = f"^{body}$"
    assert portable_pattern(pattern) is None
    text = data.draw(st.from_regex(re.compile(f"(?:{body})"), fullmatch=True))
    found = alphabet(pattern)
    assert all(character in found for character in text)
