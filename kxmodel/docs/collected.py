"""The examples as they lie in a table and its indexes: by partition key, in the order of sort keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.values.item import raw_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.docs.worked import Worked
    from kxmodel.ir import KeyAttribute

#: A partition key's values, one for each of its attributes, and the items that have them.
Collected = list[tuple[tuple[str, ...], list["Worked"]]]


def collected(
    items: Sequence[Worked], hashes: Sequence[KeyAttribute], ranges: Sequence[KeyAttribute]
) -> Collected:
    """Item collections in the order of their partition keys' text."""
    groups: dict[tuple[str, ...], list[Worked]] = {}
    for item in items:
        groups.setdefault(key_of(item, hashes), []).append(item)
    return [
        (key, sorted(members, key=lambda each: _order(each, ranges)))
        for key, members in sorted(groups.items())
    ]


def key_of(item: Worked, keys: Sequence[KeyAttribute]) -> tuple[str, ...]:
    """The text of an item's key attributes; empty where it has none."""
    return tuple(str(item.plain.get(key.name, "")) for key in keys)


def named(keys: Sequence[KeyAttribute], values: Sequence[str]) -> str:
    """``PK = ORG#1``."""
    return ", ".join(f"{key.name} = {value}" for key, value in zip(keys, values, strict=True))


def _order(item: Worked, keys: Sequence[KeyAttribute]) -> tuple[tuple[Decimal, bytes], ...]:
    """As DynamoDB sorts: numbers by value, text by its UTF-8 bytes, binary by its own."""
    return tuple(_place(item.plain.get(key.name, ""), key.type) for key in keys)


def _place(value: object, kind: str) -> tuple[Decimal, bytes]:
    match kind:
        case "N":
            return Decimal(str(value)), b""
        case "B":
            return Decimal(0), raw_bytes(value)
        case _:
            return Decimal(0), str(value).encode()
