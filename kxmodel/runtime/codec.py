"""What generated codecs call: each function reads, or writes, one value of one kind.

A codec is made for what most items hold. Whatever else it meets ends it (`codecs.NOT_SO`), and the
attributes themselves do the work, member by member; so nothing here decides about a value that
could be read or written in more than one way.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kxmodel.runtime.attributes.base import WriteContext
from kxmodel.runtime.attributes.codecs import Codec, Plain, Unusual, Values, Written, undeclared
from kxmodel.runtime.attributes.generic import decode, number
from kxmodel.runtime.attributes.members import shown_members, write_members
from kxmodel.runtime.attributes.origin import Origin
from kxmodel.values import is_normal_email, is_normal_ulid, parse_timestamp, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.values import AttributeValue

#: What is stored, each value taken for the type that its schema says: what it is not ends the codec.
Stored: TypeAlias = "Mapping[str, Any]"
Read: TypeAlias = "Callable[[Stored, Origin], Values]"
Write: TypeAlias = "Callable[[Values, Written, Plain], None]"

__all__ = [
    "Codec",
    "Origin",
    "Plain",
    "Stored",
    "Values",
    "Written",
    "decimal",
    "email",
    "flag",
    "instant",
    "integer",
    "lower",
    "nested",
    "nested_dict",
    "nested_list",
    "number",
    "ordinary",
    "other",
    "attribute_reads",
    "real",
    "texts",
    "text",
    "timestamp",
    "ulid",
    "attribute_writes",
    "mappings",
    "mapping",
]

#: Whole numbers that are written as they are; see `kxmodel.values.canonical`.
_PLAIN: Final = 10**38
_set = object.__setattr__
_new = object.__new__

decimal = Decimal


# Reading


def nested(structure: type[Any], read: Read, stored: Stored, whole: Origin, step: str | int) -> Any:
    """The object of a nested map as it is stored. whole, step: what it is a part of, and where."""
    made = _new(structure)
    origin = (whole, step)
    values = read(stored, origin)
    _set(made, "attribute_values", values)
    _set(made, "_kx_origin", origin)
    if len(values) != len(stored):
        _set(made, "_kx_extra", undeclared(structure, stored))
    return made


def nested_list(
    structure: type[Any], read: Read, stored: Any, whole: Origin, step: str
) -> list[Any]:
    """The objects of a list of nested maps. stored: its elements."""
    origin = (whole, step)
    return [nested(structure, read, each["M"], origin, n) for n, each in enumerate(stored)]


def nested_dict(
    structure: type[Any], read: Read, stored: Stored, whole: Origin, step: str
) -> dict[str, Any]:
    """The objects of a map whose names are free. stored: its members."""
    origin = (whole, step)
    return {name: nested(structure, read, each["M"], origin, name) for name, each in stored.items()}


def timestamp(stored: str) -> object:
    """What `TimestampAttribute` reads: text that is no timestamp stays text."""
    try:
        return parse_timestamp(stored)
    except ValueError:
        return stored


def other(stored: AttributeValue) -> object:
    """A value of any type; NULL is no value of a member."""
    if "NULL" in stored:
        raise Unusual
    return decode(stored)


def attribute_reads(structure: type[Any], name: str, stored: AttributeValue) -> object:
    """A value as its attribute reads it. name: its Python name."""
    if "NULL" in stored:
        raise Unusual
    return structure.get_attributes()[name].decode(stored)


# Writing: a member's value, its stored name, and the two dicts that it goes into.


def text(value: object, name: str, item: Written, plain: Plain) -> None:
    """Text."""
    if value is None:
        return
    if type(value) is not str:
        raise Unusual
    item[name] = {"S": value}
    plain[name] = value


def lower(value: object, name: str, item: Written, plain: Plain) -> None:
    """Text that is in lower case already."""
    if type(value) is str and value != value.lower():
        raise Unusual
    text(value, name, item, plain)


def email(value: object, name: str, item: Written, plain: Plain) -> None:
    """An e-mail address that is in its normal form already."""
    if type(value) is str and not is_normal_email(value):
        raise Unusual
    text(value, name, item, plain)


def ulid(value: object, name: str, item: Written, plain: Plain) -> None:
    """A ULID that is in its normal form already."""
    if type(value) is str and not is_normal_ulid(value):
        raise Unusual
    text(value, name, item, plain)


def instant(value: object, name: str, item: Written, plain: Plain) -> None:
    """A time in UTC, of whole milliseconds."""
    if value is None:
        return
    if type(value) is not datetime or value.tzinfo is not UTC or value.microsecond % 1000:
        raise Unusual
    written = f"{value.isoformat(timespec='milliseconds')[:23]}Z"
    item[name] = {"S": written}
    plain[name] = written


def integer(value: object, name: str, item: Written, plain: Plain) -> None:
    """A whole number."""
    if value is None:
        return
    if type(value) is not int or not -_PLAIN < value < _PLAIN:
        raise Unusual
    item[name] = {"N": str(value)}
    plain[name] = value


def real(value: object, name: str, item: Written, plain: Plain) -> None:
    """A float that is written without an exponent."""
    if value is None:
        return
    if type(value) is not float:
        raise Unusual
    written = repr(value)
    if "e" in written or "n" in written:  # an exponent; nan, inf
        raise Unusual
    if written[-2:] != ".0":
        item[name] = {"N": written}
        plain[name] = value
    elif written == "-0.0":
        raise Unusual
    else:
        item[name] = {"N": written[:-2]}
        plain[name] = int(value)


def flag(value: object, name: str, item: Written, plain: Plain) -> None:
    """A boolean."""
    if value is None:
        return
    if type(value) is not bool:
        raise Unusual
    item[name] = {"BOOL": value}
    plain[name] = value


def texts(value: object, name: str, item: Written, plain: Plain) -> None:
    """A list of text."""
    if value is None:
        return
    if type(value) is not list or not all(type(each) is str for each in value):
        raise Unusual
    item[name] = {"L": [{"S": each} for each in value]}
    plain[name] = [*value]


def mapping(
    structure: type[Any], write: Write, value: object, name: str, item: Written, plain: Plain
) -> None:
    """A nested map."""
    if value is None:
        return
    members, shown = _contents(structure, write, value)
    item[name] = {"M": members}
    plain[name] = shown


def mappings(
    structure: type[Any], write: Write, value: object, name: str, item: Written, plain: Plain
) -> None:
    """A list of nested maps."""
    if value is None:
        return
    if type(value) is not list:
        raise Unusual
    pairs = [_contents(structure, write, each) for each in value]
    item[name] = {"L": [{"M": members} for members, _ in pairs]}
    plain[name] = [shown for _, shown in pairs]


def attribute_writes(
    structure: type[Any], python_name: str, values: Values, name: str, item: Written, plain: Plain
) -> None:
    """A value that its attribute writes as it is, and finds nothing wrong with."""
    value = values.get(python_name)
    if value is None:
        return
    context = WriteContext()
    attribute = structure.get_attributes()[python_name]
    written = attribute.write(value, None, (name,), context)
    if written is None or context.problems:
        raise Unusual
    # Equal is not enough: a decimal may have digits that are not written.
    if attribute.scalar and repr(attribute.decode(written)) != repr(value):
        raise Unusual
    item[name] = written
    plain[name] = to_json(written)


def ordinary(value: object) -> None:
    """A value that is written the ordinary way only, since it may hold others of its own kind."""
    if value is not None:
        raise Unusual


def _contents(structure: type[Any], write: Write, value: Any) -> tuple[Written, Plain]:
    """The members of an object as attribute values, and as plain JSON."""
    if type(value) is not structure:
        raise Unusual
    members: Written = {}
    shown: Plain = {}
    if not value._kx_extra:
        write(value.attribute_values, members, shown)
        if value._kx_origin is None or members == value._kx_stored:
            return members, shown
    context = WriteContext()
    members = write_members(value, value._kx_stored, (), context)
    if context.problems:
        raise Unusual
    return members, shown_members(members)
