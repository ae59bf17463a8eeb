from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import canonical, pad, to_decimal

NUMBERS = st.decimals(-(10**20), 10**20, places=6)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        ("-0", "0"),
        ("0E99999", "0"),
        (42, "42"),
        (1.50, "1.5"),
        (0.1, "0.1"),
        (1e22, "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (Decimal("1.2300"), "1.23"),
        (Decimal("12E3"), "12000"),
        ("+007.50", "7.5"),
        (".5", "0.5"),
        ("1e3", "1000"),
        (10**125, "1" + "0" * 125),
        (10**37 + 1, "10000000000000000000000000000000000001"),
        ("9." + "9" * 37 + "E+125", "9" * 38 + "0" * 88),
        ("1E-130", "0." + "0" * 129 + "1"),
    ],
)
def test_one_number_has_one_text(value: float | str, text: str) -> None:
    assert canonical(value) == text
    assert canonical(text) == text


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        True,
        "Infinity",
        "",
        " 1",
        "1_000",
        "0x10",
        "\u0661",
        "1\n",
        "1e9999999",
        None,
        b"1",
        10**126,
        pytest.param(-(10**5000), id="an integer that cannot be printed"),
        "1E126",
        "9.9E-131",
        Decimal("1E999999999"),
        Decimal("1E-999999999"),
        10**38 + 1,
        "1." + "0" * 37 + "1",
        "1" * 2000,
    ],
)
def test_what_dynamodb_does_not_take_is_refused(value: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        canonical(value)
    assert caught.value.code == "KX315"


@given(NUMBERS)
def test_canonical_text_keeps_the_value(value: Decimal) -> None:
    assert Decimal(canonical(value)) == value


@given(st.floats(-1e100, 1e100).filter(lambda x: x == 0 or abs(x) > 1e-100))
def test_floats_count_as_their_shortest_digits(value: float) -> None:
    assert float(canonical(value)) == value
    assert to_decimal(value) == Decimal(repr(value))


@pytest.mark.parametrize(
    ("value", "width", "decimals", "text"),
    [
        (0, 3, 0, "000"),
        (-0.0, 3, 2, "000.00"),
        (7, 3, 0, "007"),
        (999, 3, 0, "999"),
        (42.5, 4, 2, "0042.50"),
        ("1.500", 2, 1, "01.5"),
        (Decimal("1E2"), 3, 0, "100"),
        (10**37, 38, 0, "1" + "0" * 37),
    ],
)
def test_padding(value: float, width: int, decimals: int, text: str) -> None:
    assert pad(value, width, decimals, rounding=False) == text
    assert pad(value, width, decimals, rounding=True) == text


@pytest.mark.parametrize(
    ("value", "rounding", "reason"),
    [
        (-1, False, "negative"),
        (-0.001, True, "negative"),
        (1000, False, "more than 3 digits"),
        (Decimal("1E120"), True, "more than 3 digits"),
        (1.005, False, "more than 2 decimals"),
        (Decimal("1E-120"), False, "more than 2 decimals"),
        (999.996, True, "rounded"),
    ],
)
def test_what_does_not_fit_is_refused(value: float, rounding: bool, reason: str) -> None:
    with pytest.raises(ValueRefused, match=reason) as caught:
        pad(value, 3, 2, rounding=rounding)
    assert caught.value.code == "KX318"


def test_rounding_is_half_to_even() -> None:
    assert pad("0.125", 1, 2, rounding=True) == "0.12"
    assert pad("0.135", 1, 2, rounding=True) == "0.14"
    assert pad("0.5", 1, 0, rounding=True) == "0"
    assert pad("9.4", 1, 0, rounding=True) == "9"


AMOUNTS = st.decimals(0, Decimal("99999.999"), places=3)


@given(AMOUNTS, AMOUNTS)
def test_order_as_text_is_order_as_number(a: Decimal, b: Decimal) -> None:
    left, right = (pad(value, 5, 3, rounding=False) for value in (a, b))
    assert (left < right) is (a < b)
    assert len(left) == 9
    assert Decimal(left) == a
