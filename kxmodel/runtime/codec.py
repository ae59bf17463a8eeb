"""What generated codecs call for everything that is not one line of their own.

Each function does for one value what the attribute's `decode` or `write` does, or gives None: then
`put` goes the ordinary way.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kxmodel.runtime.attributes.base import DocumentPath as Path
from kxmodel.runtime.attributes.base import WriteContext
from kxmodel.runtime.attributes.codecs import Codec, Stored, Written, undeclared
from kxmodel.runtime.attributes.generic import decode as other
from kxmodel.runtime.attributes.generic import number
from kxmodel.runtime.attributes.members import put_member
from kxmodel.values import AttributeValue, parse_timestamp
from kxmodel.values.item import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable

Values: TypeAlias = dict[str, Any]
#: An item or a nested map. Type checkers see its declared members alone, and here it is the others.
Container: TypeAlias = Any

__all__ = [
    "AttributeValue",
    "Codec",
    "Container",
    "Path",
    "Stored",
    "Values",
    "WriteContext",
    "Written",
    "attribute",
    "decimal",
    "flag",
    "instant",
    "integer",
    "known",
    "nested",
    "number",
    "other",
    "put",
    "real",
    "rows",
    "texts",
    "timestamp",
]

#: Integers that are written as they are; see `kxmodel.values.canonical`.
_PLAIN: Final = 10**38
_set = object.__setattr__
_new = object.__new__

decimal = Decimal


def nested(structure: type[Any], read: Callable[[Stored, Values], int], stored: Stored) -> object:
    """The object of a nested map as it is stored."""
    made: object = _new(structure)
    values: Values = {}
    _set(made, "attribute_values", values)
    _set(made, "_kx_stored", stored)
    if read(stored, values) != len(stored):
        _set(made, "_kx_extra", undeclared(structure, stored))
    return made


def attribute(structure: type[Any], name: str) -> Any:
    """The attribute of a class, for what only the attribute knows how to read."""
    return structure.get_attributes()[name]


def timestamp(text: str) -> object:
    """What `TimestampAttribute` reads: text that is no timestamp stays text."""
    try:
        return parse_timestamp(text)
    except ValueError:
        return text


def put(
    container: Any,
    name: str,
    item: Written,
    old: AttributeValue | None,
    path: Path,
    context: WriteContext,
) -> None:
    """Write one member the ordinary way. name: its Python name."""
    put_member(container, name, container.get_attributes()[name], item, old, path, context)


def known(value: Any, old: AttributeValue | None) -> Stored:
    """What a nested map was read from; of a new one: what it replaces."""
    stored: Stored | None = value._kx_stored
    if stored is None:
        return old.get("M", {}) if old is not None else {}
    return stored


def integer(value: object, old: AttributeValue | None) -> AttributeValue | None:
    """A whole number, unless what was read is written in another way and may equal it."""
    if type(value) is not int or not -_PLAIN < value < _PLAIN:
        return None
    text = str(value)
    stored = old.get("N") if old is not None else None
    if stored is None:
        return {"N": text}
    if stored == text:
        return old
    return {"N": text} if stored.isdigit() and stored[0] != "0" else None


def real(value: object, old: AttributeValue | None) -> AttributeValue | None:
    """A float that equals what was read, or is written in plain digits."""
    if type(value) is not float:
        return None
    if old is not None and "N" in old and float(old["N"]) == value:
        return old
    text = repr(value)
    return {"N": text} if "." in text and "e" not in text and text[-2:] != ".0" else None


def flag(value: object, old: AttributeValue | None) -> AttributeValue | None:
    """A boolean."""
    if value is not True and value is not False:
        return None
    return old if old is not None and old.get("BOOL") is value else {"BOOL": value}


def instant(value: object, old: AttributeValue | None) -> AttributeValue | None:
    """A time in UTC, of whole milliseconds, unless what was read has another form and may equal it."""
    if type(value) is not datetime or value.tzinfo is not UTC or value.microsecond % 1000:
        return None
    text = f"{value.isoformat(timespec='milliseconds')[:23]}Z"
    stored = old.get("S") if old is not None else None
    if stored is None:
        return {"S": text}
    if stored == text:
        return old
    # In the form that is stored, one instant has one text; what only looks like it is no timestamp.
    is_canonical = len(stored) == len(text) and stored[10::9] == "T." and stored[-1] == "Z"
    return {"S": text} if is_canonical else None


def texts(value: object, old: AttributeValue | None) -> AttributeValue | None:
    """A list of text that is new, or equals what was read."""
    if type(value) is not list or not all(type(each) is str for each in value):
        return None
    if old is None:
        return {"L": [{"S": each} for each in value]}
    stored = old.get("L")
    same = stored is not None and [each.get("S") for each in stored] == value
    return {"L": [*stored]} if same and stored is not None else None


def rows(
    write: Callable[[Any, Stored, Path, WriteContext], Written],
    structure: type[Any],
    value: object,
    old: AttributeValue | None,
    path: Path,
    context: WriteContext,
) -> AttributeValue | None:
    """A list of nested maps that are new in a new list, or know what they were read from."""
    if type(value) is not list or len(path) >= MAX_DEPTH:
        return None
    for each in value:
        if type(each) is not structure or (old is not None and each._kx_stored is None):
            return None
    return {
        "L": [
            {"M": write(each, each._kx_stored or {}, (*path, position), context)}
            for position, each in enumerate(value)
        ]
    }
