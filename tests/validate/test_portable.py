from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from kxmodel.validate import portable_pattern
from kxmodel.validate.portable import MAX_ATOMS, python_pattern


@pytest.mark.parametrize(
    "regex",
    [
        "",
        "^[^#]+$",
        "^[^A-Z]+$",
        "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
        r"^[a-z0-9][a-z0-9\-._]{0,62}$",
        r"^\+[1-9][0-9]{6,14}$",
        r"[\]\[\^\-\\/&~|]",
        "[-a]",
        "[a-]",
        "[^^]",
        r"\t\n\v\f\r\x41\u00e9",
        "a*?b+?c??d{2}?e{2,}f{0}",
        "(?:a|b|)",
        "é|[😀-😂]",
        "a b#/-&~'\"",
    ],
)
def test_portable(regex: str) -> None:
    assert portable_pattern(regex) is None


@pytest.mark.parametrize(
    ("regex", "word", "character"),
    [
        (r"^\d+$", "write [0-9]", 2),
        (r"\w", "[A-Za-z0-9_]", 1),
        (r"[\s]", r"[ \t\r\n]", 2),
        (r"\bword", "before and after", 1),
        (r"a\A", "write ^", 2),
        (r"a\Z", "write $", 2),
        (r"a\z", "write $", 2),
        (r"\p{L}", "ranges", 1),
        (r"\0", r"\x00", 1),
        (r"(a)\1", "back reference", 4),
        (r"\#", "write #", 1),
        (r"\-", "write -", 1),
        (r"\é", "not known", 1),
        (r"\q", "not known", 1),
        (r"\x4", "2 hexadecimal digits", 1),
        (r"\u{41}", "4 hexadecimal digits", 1),
        (r"\ud800", "surrogate", 1),
        ("\ud800", "surrogate", 1),
        ("a\\", "at the end", 2),
        (".", r"[^\n]", 1),
        ("(?=a)", "allOf", 1),
        ("(?!a)", "not", 1),
        ("(?<=a)b", "allOf", 1),
        ("(?<!a)b", "not", 1),
        ("(?P<n>a)", "plain group", 1),
        ("(?<n>a)", "plain group", 1),
        ("(?i)a", "[Aa]", 1),
        ("(?>a)", "plain group", 1),
        ("(?#a)", "$comment", 1),
        ("a++", "quantifier after", 3),
        ("a{2}{3}", "quantifier after", 5),
        ("a{,2}", "{0,2}", 2),
        ("a{2,1}", "before it begins", 2),
        ("a{x", "bare {", 2),
        ("{", "bare {", 1),
        ("}", "bare }", 1),
        ("]", "bare ]", 1),
        ("*", "nothing to repeat", 1),
        ("(|+)", "nothing to repeat", 3),
        ("^*", "cannot be repeated", 2),
        ("a)", "without its (", 2),
        ("(a", "without its )", 1),
        ("[a", "without its ]", 1),
        ("[", "without its ]", 1),
        ("[]a]", "first in a class", 2),
        ("[^]", "first in a class", 3),
        ("[[a]", "opens another", 2),
        ("[[:alpha:]]", "A-Za-z", 2),
        ("[a&&b]", "operator", 3),
        ("[a--b]", "operator", 4),
        ("[a~~]", "operator", 3),
        ("[a-c-e]", "amid a class", 5),
        ("[z-a]", "before it begins", 2),
        (r"[\b]", "before and after", 2),
        ("(a{100}){100}", "multiply", 1),
        ("a{99999999999999999999}", "multiply", 1),
        ("(" * 60 + ")" * 60, "50 deep", 51),
    ],
)
def test_refused_with_advice(regex: str, word: str, character: int) -> None:
    reason = portable_pattern(regex)
    assert reason is not None
    assert word in reason
    assert reason.endswith(f"(character {character})")


def test_dollar_is_the_end_in_python_too() -> None:
    assert python_pattern(r"^[$]\$a$|b$") == r"^[$]\$a\Z|b\Z"
    assert re.search("^a$", "a\n")
    assert not re.search(python_pattern("^a$"), "a\n")


characters = st.sampled_from([*"aAz09-_#&~ é😀/\n", "\u2028"])
literals = characters.map(lambda c: f"\\{c}" if c in "^$\\.*+?()[]{}|/" else c)
members = st.one_of(
    st.sampled_from([*"aAz09_#&é😀$.(", r"\-", r"\]", r"\^", r"\n"]),
    st.sampled_from(["a-z", "0-9", "A-\\x5a", "à-ÿ"]),
)
classes = st.builds(
    lambda negated, inner, dash: f"[{negated}{''.join(inner)}{dash}]",
    st.sampled_from(["", "^"]),
    st.lists(members, min_size=1, max_size=3, unique=True),
    st.sampled_from(["", "-"]),
)
quantifiers = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,}", "{0,3}", "*?", "{1,2}?"])


def repeated(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, inner, quantifiers)


portable = st.recursive(
    st.one_of(repeated(st.one_of(literals, classes)), st.sampled_from(["^", "$"])),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        repeated(inner.map(lambda regex: f"(?:{regex})")),
    ),
    max_leaves=8,
)
texts = st.text(st.one_of(characters, st.sampled_from("aaz09")), max_size=6)


def assert_alike(regex: str, text: str) -> None:
    rust = Draft202012Validator({"pattern": regex}).is_valid(text)
    assert rust is (re.search(python_pattern(regex), text) is not None)


@settings(max_examples=400, deadline=None)
@given(portable, texts)
@example("^a$", "a\n")
@example("[^a]", "\n")
def test_generated_portable_patterns_agree(regex: str, text: str) -> None:
    assert portable_pattern(regex) is None
    assert_alike(regex, text)


@settings(max_examples=1500, deadline=None)
@given(st.text(st.sampled_from([*"aab-[]^$|()*+?{},01\\dn&~.#:é"]), max_size=9), texts)
def test_whatever_is_called_portable_agrees(regex: str, text: str) -> None:
    assume(portable_pattern(regex) is None)
    assert_alike(regex, text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12))
def test_any_text_gets_an_answer(regex: str) -> None:
    reason = portable_pattern(regex)
    assert reason is None or "(character " in reason


def test_the_largest_portable_repetition_compiles_everywhere() -> None:
    regex = f"^([^#]{{100}}){{{MAX_ATOMS // 200}}}$"
    assert portable_pattern(regex) is None
    assert_alike(regex, "é" * (MAX_ATOMS // 2))
