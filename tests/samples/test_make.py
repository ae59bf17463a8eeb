"""Items for schemas that are not easy to meet."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KxError
from kxmodel.keys import KeyPart, KeySet, key_rules, parse
from kxmodel.samples import Kind, NoSample, make_item
from kxmodel.validate import Validator


def kind(properties, *, required=("id",), key="K#${id}", defs=None, **more):
    schema = {
        "type": "object",
        "properties": {"pk": {"type": "string"}, "id": {"type": "string"}, **properties},
        "required": list(required),
        **({"$defs": defs} if defs else {}),
    }
    primary = KeySet("table", (KeyPart("pk", parse(key), "hash"),), sparse=False)
    return Kind("Thing", schema, key_rules(primary, ()), derived=frozenset({"pk"}), **more)


def many(of, count=40, **given_values):
    return [make_item(of, random.Random(seed), given_values) for seed in range(count)]


FORMATS = [
    *("ulid", "email", "e164", "date-time", "date", "time", "uuid"),
    *("uri", "ipv4", "ipv6", "hostname", "timezone", "unknown-format"),
]

SCHEMAS = [
    *({"type": "string", "format": name} for name in FORMATS),
    {"type": "string", "minLength": 40, "maxLength": 41},
    {"type": "string", "maxLength": 2},
    {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"},
    {"allOf": [{"type": "string", "minLength": 3}, {"pattern": "^[a-z]+$"}, {"maxLength": 5}]},
    {"type": "integer", "minimum": 10, "maximum": 12},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    {"type": "number", "multipleOf": 0.25, "maximum": -1},
    {"type": "integer", "multipleOf": 7},
    {"type": ["integer", "null"]},
    {"type": "null"},
    {"enum": ["a", 1, None]},
    {"const": {"a": [1]}},
    {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "minItems": 2},
    {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
    {"type": "array", "maxItems": 0},
    {"type": "object", "additionalProperties": {"type": "boolean"}, "minProperties": 1},
    {"type": "object", "required": ["x"], "properties": {"x": {"$ref": "#/$defs/tree"}}},
    {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    {"oneOf": [{"type": "integer"}, {"type": "boolean"}]},
    {"type": "string", "contentEncoding": "base64"},
    {"not": {"type": "string"}},
    {},
    True,
]
TREE = {"tree": {"type": "object", "properties": {"left": {"$ref": "#/$defs/tree"}}}}


@pytest.mark.parametrize("schema", SCHEMAS, ids=str)
def test_items_are_valid(schema):
    of = kind({"value": schema}, required=("id",), defs=TREE)
    validator = Validator(of.schema)
    items = many(of)
    assert all(validator.problems(item) == [] for item in items)
    assert all(item["pk"] == f"K#{item['id']}" for item in items)


def test_a_value_that_can_be_is_there_most_of_the_time():
    items = many(kind({"value": {"type": "integer"}}))
    assert 20 < sum("value" in item for item in items) < 40


def test_what_nobody_can_meet_is_named():
    of = kind({"value": {"type": "integer", "minimum": 5, "maximum": 4}}, required=("id", "value"))
    with pytest.raises(NoSample, match="value") as refused:
        make_item(of, random.Random(1))
    assert isinstance(refused.value, KxError)
    assert refused.value.code == "KX705"


def test_what_is_given_or_left_out_is_so():
    of = kind({"a": {"type": "string"}, "b": {"type": "string"}})
    for seed in range(20):
        item = make_item(of, random.Random(seed), {"id": "7", "b": "x"}, absent=["a"])
        assert item == {"pk": "K#7", "id": "7", "b": "x"}


def test_words_of_the_schema_are_taken():
    of = kind({"a": {"type": "string"}}, words={("a",): ("zebra",)})
    assert "zebra" in {item.get("a") for item in many(of)}


def test_no_delimiter_stands_inside_a_part_of_a_key():
    of = kind({"a": {"enum": ["x#y", "z"]}}, required=("id", "a"), key="${a}#${id}")
    assert {item["a"] for item in many(of)} == {"z"}


bounds = st.integers(-(10**6), 10**6)


@settings(max_examples=60, deadline=None)
@given(bounds, bounds, st.sampled_from([1, 2, 0.5, 0.01, 7]), st.integers(0, 2**32))
def test_numbers_keep_their_limits(one, other, step, seed):
    low, high = sorted((one, other))
    schema = {"type": "number", "minimum": low, "maximum": high + 7, "multipleOf": step}
    of = kind({"value": schema}, required=("id", "value"))
    item = make_item(of, random.Random(seed))
    assert low <= item["value"] <= high + 7
