from __future__ import annotations

import pytest

from kxmodel.validate import compile_schema

CONTACT = {"properties": {"a": {"type": "string"}, "b": {}}, "patternProperties": {"^x": {}}}
CLOSED = {
    "unevaluatedProperties": False,
    "$defs": {"c~/d": CONTACT, "t": {"$anchor": "t", **CONTACT}},
}


@pytest.mark.parametrize(
    ("judge", "instance", "told"),
    [
        ({"allOf": [CONTACT]}, {"a": 1, "b": 1, "x1": 1}, ["a type"]),
        ({"allOf": [CONTACT]}, {"a": 1, "b": 1, "c": 1}, ["a type", "c unevaluatedProperties"]),
        ({"allOf": [{"$ref": "#/$defs/c~0~1d"}]}, {"a": 1, "b": 1}, ["a type"]),
        ({"allOf": [{"$ref": "#t"}]}, {"a": 1, "b": 1, "c": 1}, ["a type", "c unevaluatedProperties"]),
        ({"anyOf": [CONTACT]}, {"a": 1, "b": 1}, ["(item) anyOf"]),
        ({"oneOf": [CONTACT, CONTACT]}, {"b": 1}, ["(item) oneOf"]),
        ({"dependentSchemas": {"a": CONTACT}}, {"a": 1, "b": 1}, ["a type"]),
        ({"allOf": [{"additionalProperties": {"type": "string"}}]}, {"z": 1}, ["z type"]),
        # A problem of the object's own leaves no doubt about the others.
        ({"required": ["r"], "allOf": [CONTACT]}, {"z": 1}, ["r required", "z unevaluatedProperties"]),
        ({"properties": {"a": {"type": "string"}}}, {"a": 1, "z": 1}, ["a type", "z unevaluatedProperties"]),
    ],
)  # fmt: skip
def test_what_a_failed_subschema_declares_is_not_undeclared(
    judge: dict[str, object], instance: object, told: list[str]
) -> None:
    found = compile_schema({**CLOSED, **judge}).problems(instance)
    assert [f"{problem.pointer} {problem.rule}" for problem in found] == told


def test_through_references_and_inside_other_objects() -> None:
    schema = {
        "properties": {"list": {"items": {"$ref": "#/$defs/tree"}}},
        "$defs": {
            "tree": {
                "allOf": [CONTACT, {"properties": {"next": {"$ref": "#/$defs/tree"}}}],
                "unevaluatedProperties": False,
            }
        },
    }
    instance = {"list": [{"b": 1, "next": {"a": 1, "b": 1, "z": 1}}]}
    found = compile_schema(schema).problems(instance)
    assert [(problem.pointer, problem.rule) for problem in found] == [
        ("list[0].next.a", "type"),
        ("list[0].next.z", "unevaluatedProperties"),
    ]


def test_elements() -> None:
    schema = {"allOf": [{"prefixItems": [{"type": "string"}, {}]}], "unevaluatedItems": False}
    assert [p.rule for p in compile_schema(schema).problems([1, 2])] == ["type"]
    assert [p.rule for p in compile_schema(schema).problems(["", 2, 3])] == ["unevaluatedItems"]


def test_a_schema_that_refers_to_itself_ends() -> None:
    schema = {"allOf": [{"$ref": "#/$defs/a"}], "unevaluatedProperties": False,
              "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"required": ["q"]}], "minProperties": 2}}}  # fmt: skip
    assert compile_schema(schema).problems({"z": 1})
