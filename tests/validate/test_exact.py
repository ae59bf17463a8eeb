from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.validate import compile_schema
from kxmodel.validate.exact import fingerprint, is_multiple, ratio, same


def test_a_float_is_its_shortest_digits() -> None:
    assert ratio(0.1) == (1, 10)
    assert ratio(Decimal("0.10")) == (1, 10)
    assert ratio(1e22) == (10**22, 1)


@pytest.mark.parametrize(
    ("number", "divisor", "answer"),
    [
        (19.99, 0.01, True),
        (Decimal("19.99"), 0.01, True),
        (1.005, 0.01, False),
        (Decimal("12345678901234567890123456789012345.67"), Decimal("0.01"), True),
        (Decimal("12345678901234567890123456789012345.678"), 4, False),
        (Decimal("-173545716730471.99954295981875492004573"), 8, False),
        (10**37 + 2, 3, True),
        (10**37 + 1, 3, False),
        (Decimal("1E+125"), 2, True),
        (Decimal("1E+125"), Decimal("1E-130"), True),
        (0, 7, True),
    ],
)
def test_multiple_of(number: object, divisor: object, answer: bool) -> None:
    assert is_multiple(number, divisor) is answer
    validator = compile_schema({"multipleOf": divisor})
    assert validator.is_valid(number) is answer
    assert validator.is_valid(str(number))
    assert validator.is_valid(True)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    ),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value="0.01", max_value=1000),
)
def test_multiple_of_is_division_without_remainder(number: Decimal, divisor: Decimal) -> None:
    whole = (Fraction(number) / Fraction(divisor)).denominator == 1
    assert is_multiple(number, divisor) is whole
    assert compile_schema({"multipleOf": divisor}).is_valid(number) is whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, Decimal("1.0")),
        (0.1, Decimal("0.1")),
        (10**23, 1e23),
        ([1, {"a": None}], [1.0, {"a": None}]),
        ((1,), [1]),
    ],
)
def test_same(one: object, other: object) -> None:
    assert same(one, other)
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (0, None),
        ("1", 1),
        ([], {}),
        ([1], [True]),
        ([1], [1, 1]),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": True}),
        (0.1, Decimal("0.10000000000000000000000001")),
    ],
)
def test_not_same(one: object, other: object) -> None:
    assert not same(one, other)
    assert fingerprint(one) != fingerprint(other)
