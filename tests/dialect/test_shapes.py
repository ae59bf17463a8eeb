from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kxmodel.ir import (
    AnyValue,
    Constraint,
    DictOf,
    Generate,
    ListOf,
    MapOf,
    Scalar,
    SetOf,
    Shape,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]

TEXT = Scalar("text")

SHAPES: list[tuple[object, Shape]] = [
    ({"type": "string"}, TEXT),
    ({"type": "string", "format": "uri"}, TEXT),
    ({"type": "string", "format": "email"}, TEXT),
    ({"type": "string", "format": "email", "x-kx-normalise": "lower"}, Scalar("email", lower=True)),
    ({"type": "string", "x-kx-normalise": "lower"}, Scalar("text", lower=True)),
    ({"type": "string", "format": "e164"}, Scalar("phone")),
    ({"type": "string", "x-kx-normalise": "e164"}, Scalar("phone")),
    (
        {"type": "string", "x-kx-normalise": {"e164": {"region": "DE"}}},
        Scalar("phone", region="DE"),
    ),
    ({"type": "string", "format": "ulid"}, Scalar("ulid")),
    ({"type": "string", "x-kx-generate": "ulid"}, Scalar("ulid")),
    ({"type": "string", "format": "date-time"}, Scalar("timestamp")),
    ({"type": "string", "contentEncoding": "base64"}, TEXT),
    ({"type": "string", "x-kx-type": "B"}, Scalar("binary")),
    ({"type": "integer"}, Scalar("integer")),
    ({"type": "number"}, Scalar("number")),
    ({"type": ["integer", "number"]}, Scalar("number")),
    ({"type": "number", "x-kx-number": "decimal"}, Scalar("decimal")),
    ({"type": "integer", "x-kx-number": "decimal"}, Scalar("decimal")),
    ({"type": "integer", "x-kx-generate": "version"}, Scalar("version")),
    ({"type": "boolean"}, Scalar("boolean")),
    ({"type": "null"}, Scalar("null")),
    ({"type": ["string", "null"]}, Scalar("text", nullable=True)),
    ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, Scalar("integer", nullable=True)),
    ({"enum": ["a", "b"]}, Scalar("text", ("a", "b"))),
    ({"enum": ["a", None]}, Scalar("text", ("a",), nullable=True)),
    ({"type": "string", "enum": ["a"]}, Scalar("text", ("a",))),
    ({"enum": [1, 2]}, Scalar("integer", (1, 2))),
    ({"enum": [1, 2.5]}, Scalar("number", (1, 2.5))),
    ({"enum": ["a", 1]}, AnyValue(nullable=False)),
    ({"enum": [["a"], ["b"]]}, ListOf(AnyValue())),
    ({"const": "x"}, Scalar("text", ("x",))),
    ({"const": None}, Scalar("null")),
    ({"const": False}, Scalar("boolean", (False,))),
    ({"type": "array"}, ListOf(AnyValue())),
    ({"type": "array", "items": True}, ListOf(AnyValue())),
    ({"items": {"type": "string"}}, ListOf(TEXT)),
    ({"type": ["array", "null"], "items": {"type": "string"}}, ListOf(TEXT, nullable=True)),
    ({"type": "array", "prefixItems": [{}], "items": {"type": "string"}}, ListOf(AnyValue())),
    ({"type": "array", "items": {"items": {"type": "integer"}}}, ListOf(ListOf(Scalar("integer")))),
    ({"type": "array", "x-kx-type": "SS"}, SetOf("text")),
    ({"type": ["array", "null"], "x-kx-type": "BS"}, SetOf("binary", nullable=True)),
    ({"type": "array", "items": {"type": "integer"}, "x-kx-type": "NS"}, SetOf("integer")),
    ({"type": "array", "items": {"type": "number"}, "x-kx-type": "NS"}, SetOf("number")),
    (
        {"type": "array", "items": {"type": "number", "x-kx-number": "decimal"}, "x-kx-type": "NS"},
        SetOf("decimal"),
    ),
    ({"type": "object"}, DictOf(AnyValue())),
    ({"type": "object", "additionalProperties": True}, DictOf(AnyValue())),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, DictOf(Scalar("integer"))),
    ({"type": "object", "patternProperties": {"^a": {"type": "integer"}}}, DictOf(AnyValue())),
    ({"properties": {"x": {}}}, MapOf("Value")),
    ({"type": ["object", "null"], "properties": {"x": {}}}, MapOf("Value", nullable=True)),
    ({"type": "array", "items": {"properties": {"x": {}}}}, ListOf(MapOf("Value"))),
    ({}, AnyValue()),
    (True, AnyValue()),
    ({"minLength": 3}, AnyValue()),
    ({"type": ["string", "integer"]}, AnyValue(nullable=False)),
    ({"type": ["string", "integer", "null"]}, AnyValue()),
    ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, AnyValue()),
    ({"oneOf": [{"type": "string"}, {"type": "string"}]}, AnyValue()),
    ({"if": {"type": "string"}, "then": {"minLength": 1}}, AnyValue()),
    ({"$ref": "#/$defs/T"}, TEXT),
    ({"$ref": "#/$defs/T", "description": "mine"}, TEXT),
    ({"allOf": [{"$ref": "#/$defs/T"}]}, TEXT),
    (
        {"allOf": [{"type": ["string", "integer"]}, {"type": ["integer", "null"]}]},
        Scalar("integer"),
    ),
    ({"allOf": [{"type": "number"}, {"type": ["integer", "string"]}]}, Scalar("integer")),
    ({"anyOf": [{"$ref": "#/$defs/T"}, {"type": "null"}]}, Scalar("text", nullable=True)),
]


@pytest.mark.parametrize(("schema", "shape"), SHAPES, ids=[str(schema) for schema, _ in SHAPES])
def test_shapes(small: dict, read: Callable, schema: object, shape: Shape) -> None:
    small["$defs"] = {"T": {"type": "string", "description": "theirs"}}
    small["properties"]["value"] = schema
    assert read(small).entities[0].members["value"].shape == shape


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "x-kx-type": "SS"}, "needs an array"),
        ({"x-kx-type": "SS"}, "needs an array"),
        ({"type": "array", "x-kx-type": "B"}, "needs a string"),
        ({"type": "string", "x-kx-number": "decimal"}, "integer or number"),
        ({"x-kx-number": "decimal"}, "integer or number"),
        ({"type": "integer", "x-kx-normalise": "lower"}, "needs the type string"),
        (
            {"type": "string", "format": "date-time", "x-kx-normalise": "lower"},
            "not for a timestamp",
        ),
        ({"type": "string", "format": "ulid", "x-kx-normalise": "e164"}, "not for a ulid"),
        ({"type": "string", "x-kx-generate": "created"}, "format date-time"),
        ({"type": "integer", "x-kx-generate": "updated"}, "format date-time"),
        ({"type": "string", "x-kx-generate": "version"}, "integer"),
        ({"type": "integer", "x-kx-generate": "ulid"}, "string"),
        (
            {"type": "string", "x-kx-generate": {"ulid": {"time": "madeAt"}}},
            "did you mean 'made_at'?",
        ),
        ({"type": "integer", "x-kx-derive": "${id}"}, "makes text"),
        ({"properties": {"a": {"type": "string", "x-kx-generate": "ulid"}}}, "inside of a map"),
        ({"properties": {"a": {"type": "string", "x-kx-derive": "${id}"}}}, "inside of a map"),
        ({"$ref": "#/$defs/T", "type": "integer"}, "exclude each other"),
    ],
)
def test_keywords_on_types_that_they_do_not_fit(
    small: dict, refused: Refused, schema: dict, words: str
) -> None:
    small["$defs"] = {"T": {"type": "string"}}
    small["properties"]["made_at"] = {"type": "string", "format": "date-time"}
    small["properties"]["value"] = schema
    refused(small, "KX132", words)


def test_attributes_carry_what_the_schema_says(notes: Table) -> None:
    note = notes.entity("Note")
    members = note.members
    assert members["noteId"].generate == Generate("ulid", "createdAt")
    assert members["createdAt"].generate == Generate("created")
    assert members["revision"].generate == Generate("version")
    assert members["expires"].shape == Scalar("ttl")
    assert members["label"].derive == "${status}: ${code}"
    assert members["code"].immutable
    assert members["emailLc"].personal
    assert members["emailLc"].title == "E-mail"
    assert members["emailLc"].examples == ('"a@b.example"',)
    assert members["tenantId"].description == "Who owns the item."
    assert members["home"].description == "Where the author lives."
    assert members["status"].default == "open"
    assert members["text"].default == ""
    assert members["price"].constraints == (Constraint("multipleOf", "0.01"),)
    assert members["tenantId"].constraints == (
        Constraint("pattern", "^[^#]+$"),
        Constraint("minLength", "1"),
    )
    assert (members["class"].python_name, members["count"].python_name) == ("class_", "how_many")
    assert members["tenantId"].required
    assert members["createdAt"].required
    assert not members["owner_key"].required
    assert not members["text"].required
    assert note.examples[0]["price"] == 12.3
    assert note.user_class == "app.models:Note"
    assert members["createdAt"].pointer == "types.json#/$defs/Audit/properties/createdAt"
    assert str(notes.locate(members["createdAt"].pointer)).startswith("types.json:")


def test_structures_are_named_once_and_shortly(notes: Table) -> None:
    note = notes.entity("Note")
    assert note.members["about"].shape == MapOf("About")
    assert notes.structure("About").members["author"].shape == MapOf("Author", nullable=True)
    assert note.members["home"].shape == MapOf("Address")
    assert notes.structure("Address").members["street"].required
    assert not notes.structure("Address").open
    assert notes.structure("Address").description == "Where it goes."
    assert note.members["steps"].shape == ListOf(MapOf("Steps"))
    assert notes.structure("Steps").members["about"].shape == MapOf("StepsAbout")
    assert notes.structure("Section").members["sections"].shape == ListOf(MapOf("Section"))
    assert [s.name for s in notes.structures] == [
        *("About", "Address", "Steps", "Section", "Author", "StepsAbout"),
    ]


def test_a_structure_that_extends_another_has_the_members_of_both(
    small: dict, read: Callable
) -> None:
    small["$defs"] = {
        "Base": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        "More": {"$ref": "#/$defs/Base", "properties": {"b": {"type": "integer"}}},
        "Same": {"allOf": [{"$ref": "#/$defs/Base"}], "description": "Only another name."},
    }
    small["properties"] |= {name: {"$ref": f"#/$defs/{name}"} for name in ("Base", "More", "Same")}
    table = read(small)
    assert [s.name for s in table.structures] == ["Base", "More"]
    assert [a.name for a in table.structure("More").attributes] == ["b", "a"]
    assert table.structure("More").members["a"].required
    assert table.entities[0].members["Same"].shape == MapOf("Base")


def test_x_kx_name_names_an_inline_object(small: dict, read: Callable) -> None:
    small["properties"]["m"] = {"x-kx-name": "PostalAddress", "properties": {"a": {}}}
    table = read(small)
    assert table.structures[0].name == "PostalAddress"
    assert table.entities[0].members["m"].python_name == "m"


@pytest.mark.parametrize(
    ("definitions", "properties"),
    [
        ({"Thing": {"properties": {"a": {}}}}, {"t": {"$ref": "#/$defs/Thing"}}),
        (
            {"A": {"properties": {"a": {}}}, "a": {"properties": {"b": {}}}},
            {"x": {"$ref": "#/$defs/A"}, "y": {"$ref": "#/$defs/a"}},
        ),
        (
            {},
            {
                "m": {"x-kx-name": "One", "properties": {"a": {}}},
                "n": {"x-kx-name": "One", "properties": {"a": {}}},
            },
        ),
    ],
)
def test_two_classes_of_one_name(
    small: dict, refused: Refused, definitions: dict, properties: dict
) -> None:
    small["$defs"] = definitions
    small["properties"] |= properties
    refused(small, "KX120", "two classes", "x-kx-name")


@pytest.mark.parametrize("name", ["é", "a'b", "1", "<b>", "a\nb", "x y;"])
def test_a_structure_whose_name_is_no_class_name(small: dict, refused: Refused, name: str) -> None:
    small["$defs"] = {name: {"properties": {"a": {}}}}
    small["properties"]["m"] = {"$ref": "#/$defs/" + name.replace("\n", "%0A")}
    refused(small, "KX121")


def test_texts_are_data(small: dict, read: Callable) -> None:
    text = "\"\"\"'''\\ \n${x} {x} %s <script>\u202e\x00\u2028😀" + "long " * 9999
    small["description"] = text
    small["properties"]["id"]["description"] = text
    table = read(small)
    assert table.description == table.entities[0].members["id"].description == text
    assert "description" not in table.entities[0].schema


def test_numbers_keep_their_digits(small: dict, read: Callable) -> None:
    small["examples"] = [{"id": "x", "n": 1}]
    digits = "12345678901234567890.123456789012345678"
    table = read(json.dumps(small).replace('"n": 1', f'"n": {digits}'))
    assert table.entities[0].examples[0]["n"] == Decimal(digits)
