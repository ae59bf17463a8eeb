"""An item's projection to plain JSON and its size, in one walk: what every write needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from kxmodel.values.item import (
    MAX_DEPTH,
    check_depth,
    is_array,
    number_to_json,
    to_json,
    unpack,
)
from kxmodel.values.itemtext import item_text
from kxmodel.values.number import MAX_DIGITS
from kxmodel.values.size import CONTAINER_BYTES, ELEMENT_BYTES, attribute_size, number_size
from kxmodel.values.text import utf8_length

#: With this much of JSON an item with all its derived keys, 2 KB each at most, is within 400 KB.
_LIGHT_BYTES: Final = 100_000

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kxmodel.values.item import JSON, AttributeValue


def weigh(item: Mapping[str, AttributeValue]) -> tuple[dict[str, JSON], int]:
    """(`item_to_json`, `item_size`) of an item. Raises as both.

    What passes holds nothing that JSON, UTF-8 or DynamoDB's numbers cannot.
    """
    return _members(item, 0)


def light(item: Mapping[str, AttributeValue]) -> int | None:
    """A number of bytes that is at least `item_size`, of an item that `weigh` would surely take.

    None where the item is big, deep, binary or otherwise not told at once. An attribute in JSON has its
    name, its type in quotes and brackets, and a digit a byte, where DynamoDB counts two digits a byte
    and 1 or 3 bytes a container: the JSON is always longer.
    """
    written = item_text(item)
    if written is None:
        return None
    deep = written.count(b'"M":{') + written.count(b'"L":[') >= MAX_DEPTH
    return None if deep or len(written) > _LIGHT_BYTES else len(written)


def _members(members: Mapping[str, AttributeValue], depth: int) -> tuple[dict[str, JSON], int]:
    plain: dict[str, JSON] = {}
    size = 0
    for name, value in members.items():
        size += len(name) if name.isascii() else utf8_length(name)
        # Most values are texts: a call for each of them would cost as much as all the rest.
        text = value.get("S") if type(value) is dict and len(value) == 1 else None
        if type(text) is str:
            plain[name] = text
            size += len(text) if text.isascii() else utf8_length(text)
        else:
            plain[name], more = _value(value, depth)
            size += more
    return plain, size


def _value(value: object, depth: int) -> tuple[JSON, int]:
    kind, content = unpack(value)
    if kind == "M" and isinstance(content, Mapping):
        check_depth(depth)
        members, size = _members(content, depth + 1)
        return members, CONTAINER_BYTES + ELEMENT_BYTES * len(content) + size
    if kind == "L" and is_array(content):
        check_depth(depth)
        return _elements(content, depth + 1)
    if kind == "N" and type(content) is str:
        return _number(content)
    if kind in ("SS", "NS", "BS"):
        check_depth(depth)
    known = cast("AttributeValue", value)
    plain = to_json(known)
    if isinstance(plain, str) and type(plain) is not str:
        # A validator takes no subclasses, and what is sent is the text alone.
        plain = str.__str__(plain)
    return plain, attribute_size(known)


def _elements(elements: Iterable[object], depth: int) -> tuple[JSON, int]:
    plain: list[JSON] = []
    size = CONTAINER_BYTES
    for element in elements:
        inner, more = _value(element, depth)
        plain.append(inner)
        size += ELEMENT_BYTES + more
    return plain, size


def _number(text: str) -> tuple[JSON, int]:
    """A number and its size; the digits of most can be counted as they stand."""
    if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
        return int(text), (len(text.strip("0")) + 1) // 2 + 1
    whole, point, decimals = text.partition(".")
    if point and whole.isdigit() and decimals.isdigit() and text.isascii() and len(text) < 16:
        # Up to 15 digits a float holds exactly (IEEE 754: DBL_DIG).
        number = float(text)
        if not number.is_integer():
            digits = (whole + decimals).strip("0")
            return number, (len(digits) + 1) // 2 + 1
    return number_to_json(text), number_size(text)
