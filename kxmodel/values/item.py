"""Items as DynamoDB sends them (DynamoDB JSON), and their projection to plain JSON.

DynamoDB JSON names the type of each value, e.g. ``{"S": "text"}``; it is the form of the low-level
API: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html.
Binary is raw bytes here, as botocore hands it over; base64 text, as it stands in files, is read too.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict, TypeGuard

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values.number import MAX_DIGITS, canonical, to_decimal
from kxmodel.values.text import check_text

#: Plain JSON with exact numbers.
JSON: TypeAlias = "bool | int | float | Decimal | str | list[JSON] | dict[str, JSON] | None"

#: The types that plain JSON has no form for: sets are arrays in it, and binary is base64 text.
UnjsonType: TypeAlias = Literal["B", "SS", "NS", "BS"]

#: "Constraints in Amazon DynamoDB": attribute values nest up to 32 levels deep.
MAX_DEPTH = 32


class AttributeValue(TypedDict, total=False):
    """One value with its type as the only key."""

    S: str
    N: str
    B: bytes
    BOOL: bool
    NULL: bool
    M: Mapping[str, AttributeValue]
    L: Sequence[AttributeValue]
    SS: Sequence[str]
    NS: Sequence[str]
    BS: Sequence[bytes]


def unpack(value: object) -> tuple[str, object]:
    """The type and the content of an attribute value. Raises ValueRefused (KX317) if it is none."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, content),) = value.items()
        if isinstance(kind, str):
            return kind, content
    raise not_a_value(value)


def not_a_value(value: object) -> ValueRefused:
    """The error for what is no attribute value."""
    return ValueRefused(
        f"{shorten(value)} is no value in DynamoDB JSON",
        code="KX317",
        fix='Write the type as the only key, like {"S": "text"} or {"N": "42"}.',
    )


def raw_bytes(content: object) -> bytes:
    """The bytes of a B: themselves, or decoded from base64 text. Raises ValueRefused (KX317)."""
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content)
    if isinstance(content, str):
        try:
            return base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            pass
    raise ValueRefused(f"{shorten(content)} is neither bytes nor base64", code="KX317")


def to_json(value: AttributeValue) -> JSON:
    """The plain JSON of one attribute value.

    Sets become sorted arrays and binary becomes base64 text. A number becomes an int where it is
    whole, else a float where that keeps every digit, else a Decimal.

    Raises ValueRefused (KX317) for what is no attribute value or nests over 32 levels, KX315 for
    what is no number.
    """
    return _to_json(value, 0)


def item_to_json(item: Mapping[str, AttributeValue]) -> dict[str, JSON]:
    """The plain JSON of a whole item. Raises as `to_json`."""
    return _members_to_json(item, 0)


def from_json(value: JSON) -> AttributeValue:
    """The attribute value of plain JSON.

    Arrays become lists and text stays text: only a schema can say that a set or binary is meant.
    Raises ValueRefused: KX317 for other Python types, for a name that is no text and for over 32
    levels, KX316 for text that has no UTF-8 form, KX315 for a number that DynamoDB does not take.
    """
    return _from_json(value, 0)


def typed_from_json(value: JSON, kind: UnjsonType | None) -> AttributeValue:
    """The attribute value of plain JSON that means this type; None: as `from_json`.

    A set's elements are sorted, each once. Raises as `from_json`, and ValueRefused KX317 for what is none
    of the type and for a set without elements.
    """
    if kind is None:
        return from_json(value)
    if kind == "B" and isinstance(value, str):
        return {"B": raw_bytes(value)}
    if kind == "B" or not is_array(value) or not value:
        raise ValueRefused(f"{shorten(value)} is no value of type {kind}", code="KX317")
    found = [from_json(element) for element in value]
    if kind == "NS":
        numbers = {canonical(_of("N", one, kind)) for one in found}
        return {"NS": sorted(numbers, key=to_decimal)}
    texts = {_of("S", one, kind) for one in found}
    if kind == "SS":
        return {"SS": sorted(texts)}
    return {"BS": sorted({raw_bytes(text) for text in texts})}


def _of(tag: Literal["S", "N"], value: AttributeValue, kind: str) -> str:
    if tag not in value:
        raise ValueRefused(f"{shorten(to_json(value))} is no element of type {kind}", code="KX317")
    return value[tag]


def item_from_json(item: Mapping[str, JSON]) -> dict[str, AttributeValue]:
    """The DynamoDB JSON of a whole item. Raises as `from_json`."""
    return {_name(name): _from_json(value, 0) for name, value in item.items()}


def number_to_json(text: str) -> int | float | Decimal:
    """The number that an N holds, in the smallest Python type that keeps every digit."""
    if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
        return int(text)
    number = to_decimal(text)
    if number == number.to_integral_value():
        return int(number)
    short = float(number)
    return short if to_decimal(short) == number else number


def _members_to_json(members: Mapping[str, object], depth: int) -> dict[str, JSON]:
    # Most values are texts: a call for each of them would cost as much as all the rest.
    return {
        str(name): text
        if type(value) is dict and len(value) == 1 and type(text := value.get("S")) is str
        else _to_json(value, depth)
        for name, value in members.items()
    }


def _to_json(value: object, depth: int) -> JSON:
    kind, content = unpack(value)
    if kind == "S" and isinstance(content, str):
        return content
    if kind == "N" and isinstance(content, str):
        return number_to_json(content)
    if kind == "BOOL" and isinstance(content, bool):
        return content
    if kind == "NULL":
        return None
    if kind == "M" and isinstance(content, Mapping):
        check_depth(depth)
        return _members_to_json(content, depth + 1)
    if kind in ("L", "SS", "NS", "BS") and is_array(content):
        check_depth(depth)
        if kind == "L":
            return [_to_json(inner, depth + 1) for inner in content]
        return _set_to_json(kind, content)
    if kind == "B":
        return _base64(content)
    raise not_a_value(value)


def _set_to_json(kind: str, members: Sequence[object]) -> JSON:
    if kind == "BS":
        return [*sorted(_base64(member) for member in members)]
    texts = [member for member in members if isinstance(member, str)]
    if len(texts) != len(members):
        raise not_a_value({kind: members})
    if kind == "NS":
        return [*sorted((number_to_json(text) for text in texts), key=to_decimal)]
    return [*sorted(texts)]


def _from_json(value: object, depth: int) -> AttributeValue:
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": check_text(value)}
    if isinstance(value, int | float | Decimal):
        return {"N": canonical(value)}
    if isinstance(value, Mapping):
        check_depth(depth)
        return {"M": {_name(k): _from_json(inner, depth + 1) for k, inner in value.items()}}
    if isinstance(value, list | tuple):
        check_depth(depth)
        return {"L": [_from_json(inner, depth + 1) for inner in value]}
    raise ValueRefused(f"{shorten(value)} has no form in JSON", code="KX317")


def _base64(content: object) -> str:
    return base64.b64encode(raw_bytes(content)).decode("ascii")


def _name(name: object) -> str:
    if isinstance(name, str):
        return check_text(name)
    raise ValueRefused(f"{shorten(name)} is no attribute name: it is not text", code="KX317")


def check_depth(depth: int) -> None:
    """Raises ValueRefused (KX317) for a container inside `depth` others that is one too many."""
    if depth >= MAX_DEPTH:
        raise ValueRefused(f"the value nests over {MAX_DEPTH} levels", code="KX317")


def is_array(content: object) -> TypeGuard[Sequence[object]]:
    """Whether `content` can be that of a list or a set."""
    return isinstance(content, Sequence | set | frozenset) and not isinstance(content, str | bytes)
