from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.migrate.diff import narrowings
from kxmodel.validate import compile_schema

OBJECT = {"type": "object"}


def of(**lead: object) -> dict:
    return {"type": "object", "properties": {"lead": lead}}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (of(type="string"), of(type="string", maxLength=3), ["lead: maxLength"]),
        (of(type="string", maxLength=3), of(type="string", maxLength=4), []),
        (of(minimum=1), of(minimum=2), ["lead: minimum"]),
        (of(type=["string", "null"]), of(type="string"), ["lead: type"]),
        (of(type="integer"), of(type="number"), []),
        (of(type="number"), of(type="integer"), ["lead: type"]),
        (of(enum=["a"]), of(enum=["a", "b"]), []),
        (of(enum=["a", "b"]), of(const="a"), ["lead: const"]),
        (of(), of(pattern="^a$"), ["lead: pattern"]),
        (of(pattern="^a$"), of(), []),
        (of(items={"type": "string"}), of(items={"enum": ["a"]}), ["lead[items]: enum"]),
        (of(), {**of(), "required": ["lead"]}, ["lead: required"]),
        (OBJECT, {**OBJECT, "properties": {"new": {"type": "string"}}}, []),
        (of(), {"type": "object", "additionalProperties": False}, ["lead: removed"]),
    ],
)
def test_each_kind(before: dict, after: dict, told: list[str]) -> None:
    assert [each for each in narrowings(before, after) if "[add" not in each] == told


def test_references_are_followed_and_circles_end() -> None:
    def tree(**leaf: object) -> dict:
        node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/N"}, "leaf": leaf}}
        return {"$ref": "#/$defs/N", "$defs": {"N": node}}

    assert narrowings(tree(), tree()) == []
    assert narrowings(tree(), tree(maxLength=3)) == ["leaf: maxLength"]


def test_a_changed_definition_behind_alternatives_is_seen() -> None:
    def made(**leaf: object) -> dict:
        return {"anyOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": leaf}}

    assert narrowings(made(), made(maxLength=3)) == ["(item): anyOf"]


_leaf = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", ["string", "null"]]),
        "minimum": st.integers(0, 3),
        "exclusiveMaximum": st.integers(2, 6),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(1, 3),
        "enum": st.lists(st.sampled_from(["a", "bb", 1, 4, None]), min_size=1, unique=True),
        "not": st.just({"const": "a"}),
    },
)
_values = st.sampled_from(["", "a", "bb", "cccc", 0, 1, 2.5, 4, 9, None, True])


@given(_leaf, _leaf, st.booleans(), _values)
@settings(max_examples=300, deadline=None)
def test_what_narrows_nothing_refuses_nothing_that_was_allowed(
    before: dict, after: dict, required: bool, value: object
) -> None:
    one = of(**before)
    other = {**of(**after), **({"required": ["lead"]} if required else {})}
    if not narrowings(one, other):
        for item in ({"lead": value}, {}):
            if compile_schema(one).is_valid(item):
                assert compile_schema(other).is_valid(item)
