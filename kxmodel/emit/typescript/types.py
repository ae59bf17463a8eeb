"""Shapes as TypeScript types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kxmodel.emit.typescript.quote import MAX_SAFE, literal
from kxmodel.ir import AnyValue, DictOf, ListOf, MapOf, Scalar, SetOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Shape

#: Where values come from: ``json``: an API's JSON; ``document``: the SDK's DocumentClient, which has
#: sets as Set and binary as Uint8Array.
Values: TypeAlias = Literal["json", "document"]

_SCALARS: Final[Mapping[str, str]] = {
    "integer": "number",
    "number": "number",
    "decimal": "number",
    "version": "number",
    "ttl": "number",
    "boolean": "boolean",
    "null": "null",
}
_KINDS: Final = frozenset({"email", "phone", "timestamp", "ulid"})


def type_of(shape: Shape, names: Mapping[str, str], values: Values) -> str:
    """The type of a value, null aside. names: structure -> its interface."""
    match shape:
        case Scalar(choices=choices) if _literals(choices):
            return " | ".join(dict.fromkeys(map(literal, _literals(choices))))
        case Scalar(kind="binary"):
            return "Uint8Array" if values == "document" else "string"
        case Scalar():
            return _SCALARS.get(shape.kind, "string")
        case SetOf():
            of = type_of(Scalar(shape.kind), names, values)
            return f"kx.SetOf<{of}>" if values == "document" else f"{of}[]"
        case ListOf():
            return f"{_grouped(nullable_type(shape.item, names, values))}[]"
        case MapOf():
            return names[shape.structure]
        case DictOf():
            return f"{{ [name: string]: {nullable_type(shape.value, names, values)} }}"
        case AnyValue():
            return "unknown"


def nullable_type(shape: Shape, names: Mapping[str, str], values: Values) -> str:
    """The type of a value, with null where it may be null."""
    found = type_of(shape, names, values)
    return f"{found} | null" if shape.nullable and found not in ("null", "unknown") else found


def source_type(shape: Shape | None) -> str:
    """What may be given for a source of a key, absence aside."""
    match shape:
        case Scalar(kind="text", choices=choices) if _literals(choices):
            return type_of(shape, {}, "json")
        case Scalar(kind="timestamp"):
            return "string | Date"
        case Scalar(kind="boolean"):
            return "boolean"
        case Scalar(kind="binary"):
            return "string | Uint8Array"
        case Scalar(kind="integer" | "number" | "decimal" | "version" | "ttl"):
            return "kx.NumberLike"
        case Scalar(kind="null"):
            return "null"
        case Scalar():
            return "string"
        case _:
            return "kx.Source"


def kind_of(shape: Shape | None) -> str:
    """The form in which values are stored, as the runtime's `Kind`."""
    if not isinstance(shape, Scalar):
        return "as-is"
    if shape.kind in _KINDS:
        return shape.kind
    return "lower" if shape.kind == "text" and shape.lower else "as-is"


def _literals(choices: tuple[object, ...]) -> list[object]:
    """The choices, if TypeScript has a literal type for each."""
    fits = all(
        not isinstance(choice, int) or isinstance(choice, bool) or abs(choice) <= MAX_SAFE
        for choice in choices
    )
    return list(choices) if fits else []


def _grouped(found: str) -> str:
    return f"({found})" if " | " in found else found
