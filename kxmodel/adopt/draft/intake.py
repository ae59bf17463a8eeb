"""Which sample items, and which names, DynamoDB and the dialect can do with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kxmodel.dialect import snake_case
from kxmodel.dialect.names import is_identifier
from kxmodel.errors.base import shorten
from kxmodel.values import MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES, utf8_length
from kxmodel.values.item import raw_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.adopt.observed import Item, Observed
    from kxmodel.ir import Index, KeyAttribute
    from kxmodel.values import AttributeValue

#: Sample items from which a draft is made.
MAX_ITEMS: Final = 2000

_EMPTY: Final = ("", b"")


def usable(table: Observed) -> tuple[Observed, tuple[str, ...]]:
    """The table with the sample items of its facets among its own, without those that DynamoDB would
    refuse, and with indexes that make Python names; and a remark on each change."""
    remarks: list[str] = []
    items: list[Item] = []
    seen = [*table.items]
    seen += [item for facet in table.facets for item in facet.items if item not in table.items]
    if len(seen) > MAX_ITEMS:
        remarks.append(f"The first {MAX_ITEMS} of {len(seen)} sample items were looked at.")
    for number, item in enumerate(seen[:MAX_ITEMS], start=1):
        reason = _refused(table, item)
        if reason:
            remarks.append(f"Sample item {number} is left out: {reason}.")
        else:
            items.append(item)
    indexes, renamed = _named(table.indexes)
    table = replace(table, items=tuple(items), indexes=indexes)
    return table, (*remarks, *renamed)


def _refused(table: Observed, item: Item) -> str:
    """Why DynamoDB would not store the item; "" if it would."""
    for key in table.key:
        if key.name not in item:
            return f"it has no {shorten(key.name)}"
    for key in (*table.key, *(key for index in table.indexes for key in index.attributes)):
        value = item.get(key.name)
        if value is not None and not _fits(key, value):
            return f"its {shorten(key.name)} is no {key.type} that a key can have"
        most = MAX_PARTITION_KEY_BYTES if key == table.key[0] else MAX_SORT_KEY_BYTES
        if value is not None and _size(value) > most:
            return f"its {shorten(key.name)} is too long for a key"
    return ""


def _size(value: AttributeValue) -> int:
    """The bytes of a text or binary key; a number is never too long."""
    if "B" in value:
        return len(raw_bytes(value["B"]))
    return utf8_length(value.get("S", ""))


def _fits(key: KeyAttribute, value: AttributeValue) -> bool:
    content: Mapping[str, object] = {**value}
    return key.type in content and content[key.type] not in _EMPTY


def _named(indexes: tuple[Index, ...]) -> tuple[tuple[Index, ...], list[str]]:
    """The indexes with names that make Python names, each its own."""
    made: dict[str, Index] = {}
    remarks = []
    for index in indexes:
        name = index.name
        if not is_identifier(snake_case(name)):
            name = f"index_{name}"
        if name[:2] == "__" or snake_case(name) in made:
            name = f"index{len(made) + 1}_{name.lstrip('_')}"
        if name != index.name:
            remarks.append(
                f"The index {index.name} makes no Python name and is called {name} here: rename it "
                "in the database, or leave it out."
            )
        made[snake_case(name)] = replace(index, name=name, python_name=snake_case(name))
    return tuple(made.values()), remarks
