"""What a value looks like, in words: its JSON type, DynamoDB's, Python's, and what narrows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.docs import markdown as md
from kxmodel.ir import AnyValue, DictOf, ListOf, MapOf, Scalar, SetOf, dynamo_type

if TYPE_CHECKING:
    from kxmodel.ir import Attribute, Shape

_JSON = {
    "integer": "integer", "version": "integer", "ttl": "integer", "number": "number",
    "decimal": "number", "boolean": "boolean", "null": "null",
}  # fmt: skip
_FORMATS = {
    "ulid": "ULID", "email": "e-mail address", "phone": "E.164 phone number",
    "timestamp": "ISO 8601 in UTC with milliseconds", "ttl": "seconds since 1970",
    "binary": "base64", "version": "counted up by every write",
}  # fmt: skip
_PYTHON = {
    "timestamp": "datetime", "ttl": "datetime", "integer": "int", "version": "int",
    "number": "float", "decimal": "Decimal", "boolean": "bool", "binary": "bytes", "null": "None",
}  # fmt: skip
_SETS = {
    "text": "str",
    "binary": "bytes",
    "integer": "int",
    "number": "float",
    "decimal": "Decimal",
}


def json_type(shape: Shape) -> str:
    """E.g. ``string``, ``array of integer``, ``object``."""
    match shape:
        case Scalar(kind=kind):
            return _JSON.get(kind, "string")
        case SetOf(kind=kind):
            return f"array of {_JSON.get(kind, 'string')}, each once"
        case ListOf(item=item):
            return f"array of {json_type(item)}"
        case MapOf() | DictOf():
            return "object"
        case AnyValue():
            return "any"


def python_type(shape: Shape) -> str:
    """E.g. ``str``, ``list[Intent]``, ``set[Decimal]``."""
    match shape:
        case Scalar(kind=kind):
            name = _PYTHON.get(kind, "str")
        case SetOf(kind=kind):
            name = f"set[{_SETS[kind]}]"
        case ListOf(item=item):
            name = f"list[{python_type(item)}]"
        case MapOf(structure=structure):
            name = structure
        case DictOf(value=value):
            name = f"dict[str, {python_type(value)}]"
        case AnyValue():
            name = "object"
    return f"{name} | None" if shape.nullable and name not in ("None", "object") else name


def stored_type(attribute: Attribute) -> str:
    """DynamoDB's descriptor; any where the schema leaves it open."""
    return "any" if isinstance(attribute.shape, AnyValue) else dynamo_type(attribute.shape)


def structure_of(shape: Shape) -> str | None:
    """The nested structure that a value is, or is made of."""
    match shape:
        case MapOf(structure=structure):
            return structure
        case ListOf(item=inner) | DictOf(value=inner):
            return structure_of(inner)
        case _:
            return None


def narrowed(attribute: Attribute) -> list[str]:
    """What narrows the value, each as Markdown."""
    shape = attribute.shape
    told = []
    if isinstance(shape, Scalar):
        if shape.kind in _FORMATS:
            told.append(_FORMATS[shape.kind])
        if shape.choices:
            told.append(
                "one of "
                + ", ".join(md.code(json.dumps(c, ensure_ascii=False)) for c in shape.choices)
            )
        if shape.lower:
            told.append("lowered on every write")
        if shape.region:
            told.append(f"a number without country code is one of {md.text(shape.region)}")
    told += [f"{md.code(each.keyword)} {md.code(each.value)}" for each in attribute.constraints]
    return told
