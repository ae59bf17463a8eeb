from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import MAX_ITEM_BYTES, attribute_size, item_size


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": ""}, 0),
        ({"S": "abc"}, 3),
        ({"S": "ü€😀"}, 9),
        ({"N": "0"}, 1),
        ({"N": "5"}, 2),
        ({"N": "-5"}, 3),
        ({"N": "123"}, 3),
        ({"N": "-12.34"}, 4),
        ({"N": "00120.00"}, 2),
        ({"N": "1" * 38}, 20),
        ({"B": b"\x00\x01"}, 2),
        ({"B": "AAE="}, 2),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": []}, 3),
        ({"M": {}}, 3),
        ({"L": [{"S": "ab"}, {"NULL": True}]}, 3 + 1 + 2 + 1 + 1),
        ({"M": {"ü": {"S": "ab"}}}, 3 + 1 + 2 + 2),
        ({"SS": ["a", "bc"]}, 3),
        ({"NS": ["1", "-1"]}, 5),
        ({"BS": [b"abc", b""]}, 3),
    ],
)
def test_the_rules_of_the_developer_guide(value: dict[str, object], size: int) -> None:
    assert attribute_size(value) == size
    assert item_size({"é": value}) == 2 + size


def test_the_largest_item() -> None:
    assert item_size({"a": {"S": "x" * (MAX_ITEM_BYTES - 1)}}) == MAX_ITEM_BYTES


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"S": "\ud800"}, "KX316"),
        ({"M": {"\ud800": {"S": ""}}}, "KX316"),
        ({"X": 1}, "KX317"),
        ({"L": [{"S": 1}]}, "KX317"),
        ({"L": "ab"}, "KX317"),
        ({"N": "abc"}, "KX315"),
        ({"NS": [1]}, "KX317"),
    ],
)
def test_what_cannot_be_stored_has_no_size(value: dict[str, object], code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        attribute_size(value)
    assert caught.value.code == code


def test_deep_nesting_needs_no_deep_stack() -> None:
    value: dict[str, object] = {"L": []}
    for _ in range(100_000):
        value = {"L": [value]}
    assert attribute_size(value) == 3 + 100_000 * 4


@given(st.text())
def test_text_counts_its_utf8_bytes(text: str) -> None:
    assert attribute_size({"S": text}) == len(text.encode())
