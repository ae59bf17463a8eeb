from __future__ import annotations

import ast
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.migrate.source import WIDTH, Group, lines, literal, quote

_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple),
    max_leaves=12,
)


@given(_values)
def test_a_value_comes_back(value: object) -> None:
    text = "\n".join(lines(literal(value)))
    assert ast.literal_eval(text) == value
    assert text.isascii()


@given(st.text())
def test_text_comes_back(text: str) -> None:
    assert ast.literal_eval(quote(text)) == text


def test_what_is_too_long_is_spread() -> None:
    wide = lines(literal(["word" * 10] * 3))
    assert wide == ["[", *[f'    "{"word" * 10}",'] * 3, "]"]
    assert max(map(len, lines(literal(["a" * 40, "b" * 40])))) <= WIDTH
    assert lines(Group("f(", ("a", "b"), ")"), 4, ",") == ["    f(a, b),"]


def test_what_has_no_literal() -> None:
    assert literal(Decimal("1.50")) == 'Decimal("1.50")'
    with pytest.raises(TypeError):
        literal({1, 2})
