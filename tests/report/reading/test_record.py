from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.report.reading.record import Broken, Item, item_of
from kxmodel.values import item_from_json, item_size

PK = frozenset({"pk"})
PLAIN = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=20,
    ),
)


@given(PLAIN)
@settings(max_examples=60)
def test_plain_dynamo_json_and_export_are_one_item(plain):
    import json

    plain["pk"] = "a"
    typed = item_from_json(plain)
    size = item_size(typed)
    for value in (plain, typed, {"Item": typed}, {"Metadata": {}, "Keys": {}, "NewImage": typed}):
        item = item_of(value, len(json.dumps(value, ensure_ascii=False)), PK)
        assert isinstance(item, Item)
        assert item.values == plain
        assert size <= item.most
        assert (item.stored is None) is (value is plain)


def test_sets_binary_and_numbers_are_projected():
    item = item_of(
        {
            "pk": {"S": "a"},
            "s": {"SS": ["b", "a"]},
            "b": {"B": "aGk="},
            "n": {"N": "0.10"},
            "big": {"N": "1" * 38},
        },
        10,
        PK,
    )
    assert item.values == {
        "pk": "a",
        "s": ["a", "b"],
        "b": "aGk=",
        "n": 0.1,
        "big": Decimal("1" * 38),
    }


def test_a_map_that_looks_like_a_typed_value_stays_a_map():
    plain = {"pk": "a", "shoe": {"S": "small"}}
    assert item_of(plain, 10, PK).values == plain


def test_a_deletion_in_an_incremental_export_is_no_item():
    line = {"Metadata": {"WriteTimestampMicros": {"N": "1"}}, "Keys": {"pk": {"S": "a"}}}
    assert item_of(line, 10, PK) is None


@pytest.mark.parametrize("value", [1, "text", [], None, [{}], {}, {"Item": {}}])
def test_what_is_no_item(value):
    assert item_of(value, 10, PK).code == "KX664"


@pytest.mark.parametrize(
    "value",
    [
        {"pk": {"S": 1}},
        {"pk": {"S": "a"}, "x": 5},
        {"pk": {"S": "a"}, "x": {"Q": "a"}},
        {"pk": {"N": "one"}},
        {"pk": {"S": "a"}, "x": {"B": "!"}},
        {"x": {"M": {"y": {"L": 7}}}},
    ],
)
def test_what_is_no_dynamo_json(value):
    broken = item_of(value, 10, PK)
    assert isinstance(broken, Broken)
    assert broken.reason.startswith("is no DynamoDB JSON: ")
