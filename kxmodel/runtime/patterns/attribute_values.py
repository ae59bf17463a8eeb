"""Single attribute values of requests and items."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values import canonical, check_text, format_timestamp, to_decimal

if TYPE_CHECKING:
    from kxmodel.keys import KeyType, KeyValue
    from kxmodel.runtime.patterns.reader import RawItem
    from kxmodel.runtime.patterns.span import SortValue
    from kxmodel.values import AttributeValue


def encode(value: object) -> AttributeValue:
    """A scalar in DynamoDB JSON. Raises ValueRefused (KX324) for what is none."""
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": check_text(value)}
        case int() | float() | Decimal():
            return {"N": canonical(value)}
        case datetime():
            return {"S": format_timestamp(value)}
        case bytes():
            return {"B": value}
        case _:
            raise ValueRefused(
                f"{shorten(value)} is {type(value).__name__}, which no key and no filter takes",
                code="KX324",
            )


def encode_key(value: KeyValue) -> AttributeValue:
    """A value of a key attribute in DynamoDB JSON."""
    if isinstance(value, str):
        return {"S": value}
    return {"B": value} if isinstance(value, bytes) else {"N": canonical(value)}


def key_value(item: RawItem, name: str, kind: KeyType) -> SortValue | None:
    """The value of a key attribute of an item, or None where it is absent or of another type."""
    value = item.get(name, {})
    if kind == "N":
        return to_decimal(value["N"]) if "N" in value else None
    if kind == "B":
        return bytes(value["B"]) if "B" in value else None
    return value.get("S")


def at_path(item: RawItem, path: str) -> AttributeValue | None:
    """The value at a dotted stored path, or None."""
    first, *rest = path.split(".")
    value = item.get(first)
    for name in rest:
        value = value.get("M", {}).get(name) if value is not None else None
    return value


def same(stored: AttributeValue | None, wanted: AttributeValue) -> bool:
    """Whether two scalars are equal as DynamoDB compares them: numbers by value."""
    if stored is None:
        return False
    if "N" in stored and "N" in wanted:
        return to_decimal(stored["N"]) == to_decimal(wanted["N"])
    return stored == wanted
