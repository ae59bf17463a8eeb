"""What jsonschema says about a file, in words for the people who write schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.node import listed, suggestion
from kxmodel.dialect.positions import child, join
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

#: Keywords of JSON Schema that the dialect leaves out, and what to write in their place.
NOT_SUPPORTED: Final[Mapping[str, str]] = {
    "$dynamicRef": "write $ref",
    "$dynamicAnchor": "write $anchor",
    "$recursiveRef": "write $ref",
    "$recursiveAnchor": "write $anchor",
    "$vocabulary": "it belongs into meta-schemas",
    "contentSchema": "declare the value as an object instead of text",
    "definitions": "write $defs",
    "dependencies": "write dependentRequired or dependentSchemas",
    "additionalItems": "write items, and prefixItems for the first elements",
    "id": "write $id",
}

#: How the meta-schema's patterns end: Python's ``$`` alone would match before a last newline.
_END_OF_TEXT: Final = "$(?!\\n)"


@dataclass(frozen=True)
class Complaint:
    """What is wrong with the node at `pointer`, or with its name."""

    pointer: str
    code: str
    message: str
    at_name: bool = False


def complaints(error: ValidationError) -> Iterator[Complaint]:
    """One validation error in words; several where one object has several unknown keywords."""
    for leaf in _leaves(error):
        pointer = join(leaf.absolute_path)
        if leaf.validator == "additionalProperties":
            yield from _unknown_members(pointer, leaf)
        elif "propertyNames" in leaf.relative_schema_path and isinstance(leaf.instance, str):
            yield Complaint(child(pointer, leaf.instance), "KX108", _words(leaf), at_name=True)
        else:
            yield Complaint(pointer, "KX108", _words(leaf))


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The error itself, or those of the alternative of an anyOf that the value seems to mean."""
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    meant = [errors for errors in branches.values() if not any(map(_wrong_kind, errors))]
    if len(meant) == 1:
        for inner in meant[0]:
            yield from _leaves(inner)
    else:
        yield error


def _wrong_kind(error: ValidationError) -> bool:
    """Whether the value is of another type than the alternative is about."""
    if error.relative_path:
        return False
    if error.validator in ("enum", "const"):
        return not isinstance(error.instance, str)
    if error.validator == "anyOf":
        return all(_wrong_kind(inner) for inner in error.context or ())
    return error.validator == "type"


def _words(error: ValidationError) -> str:
    name, value = _name(error), shorten(error.instance)
    rule: object = error.validator_value
    match error.validator:
        case "required":
            present = error.instance if isinstance(error.instance, dict) else {}
            return f"{name} lacks {listed([part for part in _texts(rule) if part not in present])}"
        case "enum":
            allowed = _texts(rule)
            near = suggestion(str(error.instance), allowed)
            return f"{name} is {value}, not one of {', '.join(allowed)}{near}"
        case "const":
            return f"{name} is {value}, not {rule}{suggestion(str(error.instance), [str(rule)])}"
        case "type":
            return f"{name} is {_kind(error.instance)}, not {' or '.join(_texts(rule))}"
        case "anyOf":
            schema = error.schema
            text = str(schema.get("description", "")) if isinstance(schema, Mapping) else ""
            forms = f": {text}" if text else ""
            return f"{name} is {value}, which is none of the forms that it can have{forms}"
        case "pattern":
            return f"{value} does not have the form {str(rule).removesuffix(_END_OF_TEXT)}$"
        case "format":
            return f"{value} is no {rule}"
        case keyword:
            return f"{name} is {value}, which breaks {keyword}: {rule}"


def _unknown_members(pointer: str, error: ValidationError) -> Iterator[Complaint]:
    schema = error.schema
    if not isinstance(schema, Mapping) or not isinstance(error.instance, dict):
        return
    known = list(schema.get("properties", {}))
    annotated = "patternProperties" in schema
    for extra in error.instance:
        annotation = extra.startswith("x-") and not extra.startswith("x-kx-")
        if extra in known or (annotated and annotation):
            continue
        if annotated and extra in NOT_SUPPORTED:
            message = f"the keyword {extra} is not supported: {NOT_SUPPORTED[extra]}"
        elif annotated:
            message = f"unknown keyword {shorten(extra)}{suggestion(extra, known)}"
        else:
            near = suggestion(extra, known) or f"; there is {listed(known)}"
            message = f"{_name(error)} has no member {shorten(extra)}{near}"
        yield Complaint(child(pointer, extra), "KX107", message, at_name=True)


def _name(error: ValidationError) -> str:
    """What the message calls the value: the last name on its path, e.g. ``given[0]``."""
    text = ""
    for part in reversed(error.absolute_path):
        if isinstance(part, str):
            return (part if part.isidentifier() else shorten(part)) + text
        text = f"[{part}]{text}"
    return "the schema"


def _texts(rule: object) -> list[str]:
    if isinstance(rule, Sequence) and not isinstance(rule, str):
        return [str(part) for part in rule]
    return [str(rule)]


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case dict():
            return "an object"
        case list():
            return "an array"
        case _:
            return "a number"
