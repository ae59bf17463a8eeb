"""The type of one value: JSON Schema's types and formats, and the keywords that refine them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kxmodel.dialect.plain import scalar
from kxmodel.ir import Constraint, JsonScalar, Scalar, ScalarKind, SetOf
from kxmodel.values.jsontext import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.dialect.layers import Layers
    from kxmodel.dialect.text import Json

JsonType: TypeAlias = Literal["array", "boolean", "integer", "null", "number", "object", "string"]

#: Keywords that only say something about one type, and so imply it where `type` is left out.
_IMPLIES: Final[Mapping[str, JsonType]] = {"properties": "object", "items": "array"}

#: Keywords shown to readers as they stand.
_CONSTRAINTS: Final = (
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
)

_FORMATS: Final[Mapping[str, ScalarKind]] = {
    "ulid": "ulid",
    "e164": "phone",
    "date-time": "timestamp",
}


def types_of(layers: Layers) -> tuple[frozenset[JsonType], bool]:
    """The JSON types that all layers allow (none named: empty), ``null`` apart as a flag.

    Raises SchemaError (KX132) where the layers leave no type.
    """
    allowed: frozenset[JsonType] | None = None
    for found in layers.each("type"):
        names = _type_names(found.value)
        allowed = names if allowed is None else _both(allowed, names)
        if not allowed:
            found.fail("the types of the schemas that hold here exclude each other", "KX132")
    if allowed is None:
        allowed = _implied(layers)
    others = allowed - {"null"}
    nullable = layers.nullable or "null" in allowed
    return (others, nullable) if others else (allowed, False)


def scalar_shape(layers: Layers, kind: JsonType, *, nullable: bool) -> Scalar:
    """The shape of a value that is no array and no object.

    Raises SchemaError (KX132) where a keyword of the dialect does not fit the type.
    """
    choices, null_listed = choices_of(layers)
    may_be_null = kind != "null" and (nullable or null_listed)
    shape = Scalar(_kind(layers, kind), choices, may_be_null)
    return _normalised(layers, shape) if layers.get("x-kx-normalise") else shape


def set_shape(layers: Layers, types: frozenset[JsonType], *, nullable: bool) -> SetOf | Scalar:
    """The shape that ``x-kx-type`` declares. Raises SchemaError (KX132)."""
    node = layers.get("x-kx-type")
    assert node
    if node.value == "B":
        if types != {"string"}:
            node.fail("B needs a string, which holds the bytes in base64", "KX132")
        return Scalar("binary", nullable=nullable)
    if types != {"array"}:
        node.fail(f"{node.value} needs an array", "KX132")
    if node.value == "NS":
        items = layers.get("items")
        number = items.text("type") if items else ""
        decimal = layers.value("x-kx-number") or (items and items.text("x-kx-number"))
        if decimal:
            return SetOf("decimal", nullable)
        return SetOf("integer" if number == "integer" else "number", nullable)
    return SetOf("text" if node.value == "SS" else "binary", nullable)


def choices_of(layers: Layers) -> tuple[tuple[JsonScalar, ...], bool]:
    """The scalar values of `enum` or `const` without null, and whether null is among them."""
    values = _listed(layers)
    if any(isinstance(value, list | dict) for value in values):
        return (), None in values
    return tuple(scalar(value) for value in values if value is not None), None in values


def constraints_of(layers: Layers) -> tuple[Constraint, ...]:
    """What else narrows the value, in the order in which people expect it."""
    lowered = layers.value("x-kx-normalise") == "lower"
    kinds_of_their_own = {*_FORMATS, "email"} if lowered else {*_FORMATS}
    found: dict[Constraint, None] = {}
    for keyword in _CONSTRAINTS:
        for node in layers.each(keyword):
            if keyword == "format" and node.value in kinds_of_their_own:
                continue
            text = node.value if isinstance(node.value, str) else json_text(node.value)
            found[Constraint(keyword, text)] = None
    return tuple(found)


def _kind(layers: Layers, kind: JsonType) -> ScalarKind:
    match kind:
        case "string":
            generated = layers.value("x-kx-generate")
            if generated == "ulid" or isinstance(generated, dict):
                return "ulid"
            return _FORMATS.get(layers.text("format"), "text")
        case "integer" | "number":
            if layers.value("x-kx-number") == "decimal":
                return "decimal"
            return "version" if layers.value("x-kx-generate") == "version" else kind
        case "boolean" | "null":
            return kind
        case _:
            raise AssertionError(kind)


def _normalised(layers: Layers, shape: Scalar) -> Scalar:
    node = layers.get("x-kx-normalise")
    assert node
    if node.value == "lower":
        if shape.kind != "text":
            node.fail(f"lower is for text, not for a {shape.kind}", "KX132")
        kind: ScalarKind = "email" if layers.text("format") == "email" else "text"
        return Scalar(kind, shape.choices, shape.nullable, lower=True)
    if shape.kind not in ("text", "phone"):
        node.fail(f"e164 is for phone numbers, not for a {shape.kind}", "KX132")
    options = node.get("e164")
    return Scalar(
        "phone", shape.choices, shape.nullable, options.text("region") if options else None
    )


def _type_names(value: Json) -> frozenset[JsonType]:
    names = value if isinstance(value, list) else [value]
    return frozenset(name for name in get_args(JsonType) if name in names)


def _both(one: frozenset[JsonType], other: frozenset[JsonType]) -> frozenset[JsonType]:
    """What is of both sets of types; an integer is a number, too."""
    numeric: frozenset[JsonType] = frozenset({"integer", "number"})
    common = one & other
    if numeric & one and numeric & other and "number" not in common:
        return common | {"integer"}
    return common


def _implied(layers: Layers) -> frozenset[JsonType]:
    for keyword, kind in _IMPLIES.items():
        if layers.get(keyword):
            return frozenset({kind})
    return frozenset(_type_of(value) for value in _listed(layers))


def _listed(layers: Layers) -> list[Json]:
    if const := layers.get("const"):
        return [const.value]
    values = layers.value("enum")
    return values if isinstance(values, list) else []


def _type_of(value: Json) -> JsonType:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case Decimal():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
