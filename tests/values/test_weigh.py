from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.runtime.attributes import generic
from kxmodel.validate.plain import not_json
from kxmodel.values import item_size, item_to_json
from kxmodel.values.item import number_to_json
from kxmodel.values.number import to_decimal
from kxmodel.values.weigh import weigh

TEXT = st.text(max_size=6)
NUMBER = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.from_regex(r"0{0,2}[0-9]{0,20}(\\.[0-9]{0,20})?", fullmatch=True),
    st.sampled_from(["1e-140", "1E126", "٣", "²", "٣.5", "nan", "", ".", "1.", "007", "0.0", "-0"]),
)
VALUES = st.recursive(
    st.one_of(
        TEXT.map(lambda s: {"S": s}),
        NUMBER.map(lambda n: {"N": n}),
        st.booleans().map(lambda b: {"BOOL": b}),
        st.just({"NULL": True}),
        st.binary(max_size=4).map(lambda b: {"B": b}),
        st.lists(st.binary(max_size=3), min_size=1).map(lambda b: {"BS": b}),
        st.lists(TEXT, min_size=1).map(lambda s: {"SS": s}),
        st.lists(NUMBER, min_size=1).map(lambda n: {"NS": n}),
        st.sampled_from(
            [{}, {"S": 1}, {"S": "a", "N": "1"}, {"X": "a"}, {"N": 1}, "text", {"B": "?"}]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda v: {"L": v}),
        st.dictionaries(TEXT, inner, max_size=3).map(lambda v: {"M": v}),
    ),
    max_leaves=6,
)


def outcome(do: Any) -> Any:
    try:
        return repr(do())
    except ValueRefused:
        return ValueRefused


@given(item=st.dictionaries(TEXT, VALUES, max_size=4))
def test_one_walk_gives_what_two_give(item: Any) -> None:
    both = outcome(lambda: (item_to_json(item), item_size(item)))
    assert outcome(lambda: weigh(item)) == both


@given(item=st.dictionaries(TEXT, VALUES, max_size=4))
def test_what_passes_needs_no_second_look(item: Any) -> None:
    try:
        plain, _ = weigh(item)
    except ValueRefused:
        return
    assert not_json(plain) == []


def test_text_of_a_subclass_becomes_plain_text() -> None:
    class Word(str):
        __slots__ = ()

    plain, _ = weigh({"a": {"S": Word("x")}})  # type: ignore[typeddict-item]
    assert type(plain["a"]) is str


@pytest.mark.parametrize("kind", ["L", "M"])
@pytest.mark.parametrize(("levels", "fits"), [(32, True), (33, False)])
def test_depth(kind: str, levels: int, fits: bool) -> None:
    value: Any = {"S": "x"}
    for _ in range(levels):
        value = {"L": [value]} if kind == "L" else {"M": {"a": value}}
    assert (outcome(lambda: weigh({"a": value})) is not ValueRefused) is fits


@given(text=NUMBER)
def test_plain_digits_are_read_as_every_number_is(text: str) -> None:
    try:
        number = to_decimal(text)
    except ValueRefused:
        with pytest.raises(ValueRefused):
            number_to_json(text)
        return
    assert Decimal(str(number_to_json(text))) == number
    if abs(number) < Decimal(10) ** 38:
        assert generic.number(text) == number_to_json(text)
