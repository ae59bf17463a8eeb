from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import (
    from_json,
    item_from_json,
    item_to_json,
    to_json,
    typed_from_json,
)

NUMBERS = st.integers(-(10**37), 10**37) | st.decimals(-(10**9), 10**9, places=5).map(float)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | NUMBERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def test_an_item_of_every_type() -> None:
    item = {
        "text": {"S": ""},
        "number": {"N": "12345678901234567890.12345678901234567"},
        "whole": {"N": "1E+2"},
        "half": {"N": "0.50"},
        "binary": {"B": b"\x00\xff"},
        "encoded": {"B": "AP8="},
        "flag": {"BOOL": False},
        "nothing": {"NULL": True},
        "map": {"M": {"list": {"L": [{"S": "a"}, {"N": "1"}]}}},
        "words": {"SS": ["b", "a"]},
        "numbers": {"NS": ["10", "9", "-1.5"]},
        "blobs": {"BS": [b"b", b"a"]},
    }
    assert item_to_json(item) == {
        "text": "",
        "number": Decimal("12345678901234567890.12345678901234567"),
        "whole": 100,
        "half": 0.5,
        "binary": "AP8=",
        "encoded": "AP8=",
        "flag": False,
        "nothing": None,
        "map": {"list": ["a", 1]},
        "words": ["a", "b"],
        "numbers": [-1.5, 9, 10],
        "blobs": ["YQ==", "Yg=="],
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [("7", int), ("7.0", int), ("0.1", float), ("0.12345678901234567890", Decimal)],
)
def test_a_number_takes_the_smallest_type_that_keeps_its_digits(text: str, kind: type) -> None:
    value = to_json({"N": text})
    assert type(value) is kind
    assert Decimal(str(value)) == Decimal(text)


@given(st.dictionaries(st.text(max_size=3), PLAIN, max_size=4))
def test_plain_json_comes_back(item: dict[str, object]) -> None:
    back = item_to_json(item_from_json(item))
    assert back == item
    assert item_from_json(back) == item_from_json(item)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"S": "a", "N": "1"},
        {"X": 1},
        {"S": 1},
        {"N": 1},
        {"BOOL": "yes"},
        {"M": []},
        {"L": "ab"},
        {"SS": [1]},
        {"B": "not base64!"},
        {"B": 5},
        {1: "a"},
        "text",
        None,
    ],
)
def test_what_is_no_attribute_value_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueRefused) as caught:
        to_json(value)
    assert caught.value.code == "KX317"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b"x", "KX317"),
        ({1, 2}, "KX317"),
        ({1: "x"}, "KX317"),
        ("\ud800", "KX316"),
        ({"\udfff": 1}, "KX316"),
        ([float("nan")], "KX315"),
    ],
)
def test_what_has_no_form_in_dynamodb_json_is_refused(value: object, code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        from_json(value)
    assert caught.value.code == code


def test_nesting_ends_at_32_levels() -> None:
    plain: list[object] = []
    for _ in range(31):
        plain = [plain]
    assert to_json(from_json(plain)) == plain
    with pytest.raises(ValueRefused, match="32 levels"):
        from_json([plain])
    deep: dict[str, object] = {"L": []}
    for _ in range(100_000):
        deep = {"L": [deep]}
    with pytest.raises(ValueRefused, match="32 levels"):
        to_json(deep)


@pytest.mark.parametrize(
    ("plain", "kind", "stored"),
    [
        ("aGk=", "B", {"B": b"hi"}),
        (["b", "a", "b"], "SS", {"SS": ["a", "b"]}),
        ([10, 9.5, "10"], "NS", None),
        ([10, 9.50, 10.0], "NS", {"NS": ["9.5", "10"]}),
        (["aGk=", "aA=="], "BS", {"BS": [b"h", b"hi"]}),
        (["a"], None, {"L": [{"S": "a"}]}),
        ("a", "SS", None),
        ([], "SS", None),
        ([1], "SS", None),
        ("no base64", "B", None),
        (["no base64"], "BS", None),
        (["a"], "B", None),
    ],
)
def test_a_type_that_json_has_not(plain, kind, stored):
    if stored is None:
        with pytest.raises(ValueRefused, match="KX317"):
            typed_from_json(plain, kind)
    else:
        assert typed_from_json(plain, kind) == stored
