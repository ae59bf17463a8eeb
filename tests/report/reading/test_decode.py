from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.report.reading.decode import NotJson, decode

NUMBERS = st.one_of(
    st.decimals("-9.99E+120", "9.99E+120", allow_nan=False).filter(
        lambda d: d == 0 or -130 <= d.adjusted() <= 120
    ),
    st.floats(-1e100, 1e100, allow_nan=False).map(lambda f: Decimal(repr(f))),
)


@given(NUMBERS)
def test_a_number_keeps_every_digit(number):
    text = format(number, "f") if abs(number.adjusted()) < 200 else str(number)
    value = decode(f"[{text}]")[0]
    assert Decimal(repr(value) if isinstance(value, float) else value) == number


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
@settings(max_examples=50)
def test_reads_what_json_writes(value):
    assert decode(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no JSON: Expecting value at column 1"),
        ('{"a": 1', "column 8"),
        ('{"a": {"b": 1, "b": 2}}', "has the name 'b' twice"),
        ('{"a": 1, "a": 1}', "has the name 'a' twice"),
        ("[NaN]", "holds NaN"),
        ("[-Infinity]", "holds -Infinity"),
        ("[" * 200_000, "nested too deeply"),
        ("9" * 10_000, "more digits"),
        ("1e999999", "does not take"),
        ('{"a": 1}\n{"a": 2}', "Extra data at line 2"),
        ('"tab\there"', "Invalid control character"),
    ],
)
def test_refuses_with_a_reason(text, words):
    with pytest.raises(NotJson) as caught:
        decode(text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300
