"""The JSON Schema of an attribute from its values in the items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.dialect.names import snake_case
from kxmodel.dialect.reserved import MAP_MEMBERS
from kxmodel.validate import FORMATS
from kxmodel.values.item import number_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.ir import DynamoType
    from kxmodel.values import AttributeValue

Schema: TypeAlias = "dict[str, object]"

#: Formats that text shows beyond doubt.
_FORMATS: Final = ("ulid", "date-time", "email", "uuid")

#: Maps in one another whose members are described.
_LEVELS: Final = 4

_MEMBER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

_SETS: Final[Mapping[str, Schema]] = {
    "SS": {"type": "string"},
    "NS": {"type": "number"},
    "BS": {"type": "string", "contentEncoding": "base64"},
}


def schema_of(values: Sequence[AttributeValue], *, deep: bool) -> Schema:
    """What all the values match. deep: with formats, and with the members of maps."""
    return _schema(values, _LEVELS if deep else 0)


def declared(kind: DynamoType) -> Schema:
    """The schema of an attribute that no item has, by its declared type."""
    match kind:
        case "S":
            return {"type": "string"}
        case "N":
            return {"type": "number"}
        case "BOOL":
            return {"type": "boolean"}
        case "B":
            return _binary()
        case "SS" | "NS" | "BS":
            return _set(kind)
        case "L":
            return {"type": "array"}
        case "M":
            return {"type": "object"}
        case _:
            return {"type": "null"}


def _schema(values: Sequence[AttributeValue], levels: int) -> Schema:
    kinds = dict.fromkeys(kind for value in values for kind in value)
    nullable = "NULL" in kinds and len(kinds) > 1
    if nullable:
        del kinds["NULL"]
    if len(kinds) != 1:
        return {}
    (kind,) = kinds
    held = [value for value in values if kind in value]
    found = _of_kind(kind, held, levels)
    if nullable:
        if "x-kx-type" in found:
            return {}
        found["type"] = [found["type"], "null"]
    return found


def _of_kind(kind: str, values: Sequence[AttributeValue], levels: int) -> Schema:
    match kind:
        case "S":
            return _text([value["S"] for value in values], formats=levels > 0)
        case "N":
            return _number([value["N"] for value in values])
        case "BOOL":
            return {"type": "boolean"}
        case "NULL":
            return {"type": "null"}
        case "B":
            return _binary()
        case "L":
            elements = [element for value in values for element in value["L"]]
            items = _schema(elements, levels - 1) if elements and levels > 0 else {}
            return {"type": "array", "items": items} if items else {"type": "array"}
        case "M":
            return _map([value["M"] for value in values], levels)
        case "SS" | "NS" | "BS":
            return _set(kind)
        case _:
            raise AssertionError(kind)


def _text(texts: Sequence[str], *, formats: bool) -> Schema:
    fitting = (name for name in _FORMATS if all(FORMATS[name](text) for text in texts))
    name = next(fitting, None) if formats else None
    return {"type": "string", "format": name} if name else {"type": "string"}


def _number(texts: Sequence[str]) -> Schema:
    numbers = [number_to_json(text) for text in texts]
    if all(isinstance(number, int) for number in numbers):
        return {"type": "integer"}
    if all(isinstance(number, int | float) for number in numbers):
        return {"type": "number"}
    return {"type": "number", "x-kx-number": "decimal"}


def _map(maps: Sequence[Mapping[str, AttributeValue]], levels: int) -> Schema:
    names = dict.fromkeys(name for members in maps for name in members)
    if levels <= 0 or not names or not _nice(names):
        return {"type": "object"}
    return {
        "type": "object",
        "properties": {
            name: _schema([members[name] for members in maps if name in members], levels - 1)
            for name in names
        },
    }


def _nice(names: Mapping[str, None]) -> bool:
    """Whether each name makes a Python name of its own."""
    python = [snake_case(name) for name in names]
    return (
        all(_MEMBER.fullmatch(name) for name in names)
        and len(set(python)) == len(python)
        and MAP_MEMBERS.isdisjoint(python)
    )


def _set(kind: str) -> Schema:
    return {"type": "array", "items": dict(_SETS[kind]), "uniqueItems": True, "x-kx-type": kind}


def _binary() -> Schema:
    return {"type": "string", "contentEncoding": "base64", "x-kx-type": "B"}
