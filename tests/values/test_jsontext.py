from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.values.jsontext import exact_number, json_text, json_value

LONG = Decimal("0.12345678901234567890")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(VALUES, st.none() | st.integers(0, 4), st.booleans())
def test_it_is_what_json_writes(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert json_text(value, indent=indent, ascii_only=ascii_only) == text
    exact = json_text([value, LONG], indent=indent, ascii_only=ascii_only)
    assert exact == json.dumps([value, 0.5], indent=indent, ensure_ascii=ascii_only).replace(
        "0.5]" if indent is None else "0.5\n]", f"{LONG}]" if indent is None else f"{LONG}\n]"
    )


def test_decimals_keep_their_digits_and_binary_is_base64() -> None:
    value = {"é": LONG, "b": [b"\x00\xff", {}, []], "n": {"m": Decimal("1E+30")}}
    assert json_text(value) == f'{{"é": {LONG}, "b": ["AP8=", {{}}, []], "n": {{"m": 1E+30}}}}'
    assert json_text({"é": LONG}, ascii_only=True) == f'{{"\\u00e9": {LONG}}}'
    assert json_text({"a": LONG}, indent=2) == f'{{\n  "a": {LONG}\n}}'
    with pytest.raises(TypeError, match="set is no JSON"):
        json_text({"a": {1}, "b": LONG})


def test_it_reads_what_it_wrote() -> None:
    value = {"a": [LONG, 0.5, 1.0, 3, Decimal("123456789012345678901234567890.5")]}
    read = json_value(json_text(value))
    assert read == value
    assert [type(each) for each in read["a"]] == [Decimal, float, float, int, Decimal]
    assert exact_number("1e2") == 100.0
