"""A sealed schema takes nothing that the schema refuses, and nothing that is no JSON."""

from __future__ import annotations

import datetime
import enum
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.models import Lead, Message, Persona
from kxmodel.runtime.spec import spec_of
from kxmodel.validate import compile_schema
from kxmodel.validate.narrow import narrowed
from kxmodel.validate.plain import MAX_LEVELS, not_json
from kxmodel.validate.reference import reference_problems
from kxmodel.validate.sealed import sealed, surely_takes
from tests.validate.test_narrow import examples
from tests.validate.test_reference import composed, instances, keywords

if TYPE_CHECKING:
    from collections.abc import Callable


def taker(schema: dict[str, object]) -> Callable[[object], bool] | None:
    narrow = narrowed(schema)
    made = None if narrow is None else sealed(narrow)
    if made is None:
        return None
    compiled = jsonschema_rs.Draft202012Validator(made)
    return lambda instance: surely_takes(compiled.is_valid, instance)


def takes(schema: dict[str, object], instance: object) -> bool:
    take = taker(schema)
    assert take is not None
    return take(instance)


@dataclass
class Part:
    a: int = 1


class Word(str):
    __slots__ = ()


class Colour(enum.Enum):
    RED = "red"


EVERY = ["string", "integer", "number", "boolean", "null"]
HOSTILE: list[Any] = [
    float("nan"),
    float("inf"),
    -1e300,
    1e-200,
    -5e-324,
    10**126,
    2**64,
    Decimal("1.5"),
    Decimal("NaN"),
    "\ud800",
    Word("a"),
    b"a",
    {1},
    uuid.UUID(int=1),
    datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    datetime.date(2026, 1, 1),
    Part(),
    object(),
    {1: 2},
    {"\ud800": 1},
    {Word("a"): 1},
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_no_value_passes_that_is_no_json(value: object) -> None:
    schema = {"properties": {"a": {"type": EVERY}}, "type": "object"}
    assert takes(schema, {"a": 1})
    assert not takes(schema, {"a": value})
    assert not takes(schema, {"a": 1, "undeclared": value})
    free = {"type": "object", "additionalProperties": {"type": ["object", *EVERY], **schema}}
    free["additionalProperties"]["additionalProperties"] = {"type": EVERY}  # type: ignore[index]
    assert takes(free, {"a": {"a": 1, "b": 2}})
    assert not takes(free, {"a": value})
    assert not takes(free, {"a": {"b": value}})


@pytest.mark.parametrize(
    "value", [0, -1, 1.5, 0.0, -0.0, 1e-7, -1e22, "e-1", "a-e-9-e-b", "e-12", True]
)
def test_usual_values_pass(value: object) -> None:
    assert takes({"type": "array", "items": {"type": EVERY}}, [value])


@pytest.mark.parametrize("value", ["e-123", "case e-4567 e-1"])
def test_a_text_that_looks_like_a_tiny_number_is_looked_at(value: str) -> None:
    assert not takes({"type": "string"}, value)
    assert compile_schema({"type": "string"}).is_valid(value)


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"minimum": 1},
        {"type": "object"},
        {"type": "object", "properties": {}},
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": True}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {}},
        {"type": "object", "properties": {"a": {"type": "null"}}, "allOf": [{"minProperties": 1}]},
        {"type": "array"},
        {"type": "array", "items": {}},
        {"type": "array", "items": {"type": "null"}, "prefixItems": [{}]},
        {"type": ["string", "array"]},
        {"anyOf": [{"type": "string"}, {}]},
        {"oneOf": [{"type": "string"}, {"type": "number"}]},
        {"enum": [[]]},
        {"enum": [10**300]},
        {"const": 1.5},
        {"$ref": "#/$defs/a", "$defs": {"a": {}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"$ref": "#/$defs/a/items", "$defs": {"a": {"items": {"type": "null"}}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$id": "urn:a", "type": "null"}}},
        {"$ref": "#"},
    ],
)
def test_what_leaves_a_value_unseen_is_not_sealed(schema: dict[str, object]) -> None:
    assert taker(schema) is None


def test_a_structure_that_contains_itself_is_not_sealed() -> None:
    inner = {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}}
    assert taker({"$ref": "#/$defs/a", "$defs": {"a": inner}}) is None


@pytest.mark.parametrize("levels", [MAX_LEVELS, MAX_LEVELS + 1])
def test_no_deeper_than_is_looked_into(levels: int) -> None:
    schema: dict[str, object] = {"type": "null"}
    instance: object = None
    for _ in range(levels):
        schema, instance = {"type": "array", "items": schema}, [instance]
    take = taker(schema)
    assert (take is not None) is (levels == MAX_LEVELS)
    assert take is None or take(instance)


def test_a_definition_that_is_used_at_two_depths() -> None:
    deep: dict[str, object] = {"$ref": "#/$defs/list"}
    for _ in range(MAX_LEVELS - 1):
        deep = {"type": "array", "items": deep}
    listed = {"type": "array", "items": {"type": "array", "items": {"type": "null"}}}
    both = {"anyOf": [{"$ref": "#/$defs/list"}, deep], "$defs": {"list": listed}}
    assert taker(both) is None


def test_limits_of_the_schema_stay() -> None:
    for low, high in ((2, 3), (Decimal("2"), Decimal("3")), (-1e300, 3), (2, 10**300)):
        schema = {"type": "number", "minimum": low, "maximum": high}
        made = sealed(schema)
        assert made is not None
        assert made["minimum"] == max(low, -1e100)
        assert made["maximum"] == min(high, 1e100)


def test_one_of_several_that_hold_at_once_is_enough() -> None:
    schema = {"allOf": [{"minLength": 2}, {"type": "string"}], "anyOf": [{"maxLength": 3}, {}]}
    assert takes(schema, "ab")
    assert not takes(schema, "a")
    assert not takes(schema, "\ud800b")


def test_a_member_of_an_enumeration_is_its_value() -> None:
    assert takes({"type": "string", "enum": ["red"]}, Colour.RED)
    assert not takes({"type": "string", "maxLength": 2}, Colour.RED)


@pytest.mark.parametrize("model", [Lead, Message, Persona])
def test_the_examples_pass(model: Any) -> None:
    take = taker(spec_of(model).schema)
    assert take is not None
    assert all(map(take, examples(model)))


kinds = st.sampled_from(["string", "integer", "number", "boolean", "null"])
typed = st.recursive(
    st.one_of(
        kinds.map(lambda kind: {"type": kind}),
        st.tuples(kinds, keywords).map(lambda both: {**both[1], "type": both[0]}),
        st.just({"enum": ["a", 1, None]}),
        st.just({"$ref": "#/$defs/part"}),
    ),
    lambda inner: st.one_of(
        inner.map(lambda each: {"type": "array", "items": each}),
        st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, min_size=1, max_size=3).map(
            lambda members: {"type": "object", "properties": members}
        ),
        st.tuples(inner, composed(inner)).map(lambda both: {**both[1], **both[0]}),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"anyOf": parts}),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
    ),
    max_leaves=6,
)
schemas = st.tuples(typed, typed).map(lambda both: {**both[0], "$defs": {"part": both[1]}})
hostile = st.recursive(
    st.one_of(instances, st.sampled_from(HOSTILE)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), inner, max_size=3),
    ),
    max_leaves=5,
)


@given(schemas, hostile)
def test_what_passes_is_json_and_valid(schema: dict[str, object], instance: object) -> None:
    take = taker(schema)
    if take is not None and take(instance):
        assert not_json(instance) == []
        assert reference_problems(schema, instance) == set()
