"""How large items are, and what reading and writing them costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md
from kxmodel.docs.least import least_size
from kxmodel.docs.worked import READ_UNIT_BYTES, WRITE_UNIT_BYTES, worked
from kxmodel.values import MAX_ITEM_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.docs.worked import Worked
    from kxmodel.ir import Entity, Table

_PAGES: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
_SIZES: Final = f"{_PAGES}CapacityUnitCalculations.html"
_UNITS: Final = f"{_PAGES}read-write-operations.html"


def sizes(table: Table) -> Iterator[str]:
    """The section."""
    items = worked(table)
    yield md.heading(2, "Item size and cost", "sizes")
    yield (
        f"Names and values count, by {md.link('the rules of DynamoDB', _SIZES)}. The least is what the "
        "schema demands, each value as short as it may be."
    )
    rows = [
        (md.text(entity.name), _bytes(least_size(table, entity)), *_typical(entity, items), _LIMIT)
        for entity in table.entities
    ]
    heads = ("Entity", "Least", "Examples", "Share of the limit", "Limit")
    yield md.table(heads, rows, "lrrrr")
    if not items:
        return
    yield (
        f"A write costs a write capacity unit (WCU) for each begun {WRITE_UNIT_BYTES:,} bytes, in the "
        "table and again in every index that the item is in. A strongly consistent read costs a read "
        f"capacity unit (RCU) for each begun {READ_UNIT_BYTES:,} bytes, an eventually consistent one "
        f"half of that, a transaction twice as much ({md.link('units', _UNITS)})."
    )
    yield _costs(table, items)
    if table.indexes:
        yield (
            "This is the cost of a new item. A change that gives an item another key in an index costs "
            "that index two writes: the old entry is deleted, a new one put."
        )


def _typical(entity: Entity, items: Sequence[Worked]) -> tuple[str, str]:
    """The span of the examples' sizes, and how much of the limit the largest takes."""
    found = sorted(item.size for item in items if item.entity is entity)
    if not found:
        return "none", ""
    first, last = found[0], found[-1]
    span = _bytes(last) if first == last else f"{first:,} to {_bytes(last)}"
    return span, f"{100 * last / MAX_ITEM_BYTES:.2f} %"


def _costs(table: Table, items: Sequence[Worked]) -> str:
    heads = ("Example", "Bytes", "Table", *(md.text(i.name) for i in table.indexes), "WCU", "RCU")
    rows = []
    for item in items:
        own = f"{md.text(item.entity.name)} {md.code(_key(table, item))}"
        each = [
            str(_units(item.size_in(table, index), WRITE_UNIT_BYTES)) if item.is_in(index) else "0"
            for index in table.indexes
        ]
        write, read = _units(item.size, WRITE_UNIT_BYTES), _units(item.size, READ_UNIT_BYTES)
        total = f"**{item.write_units(table)}**"
        rows.append((own, f"{item.size:,}", str(write), *each, total, str(read)))
    return md.table(heads, rows, "l" + "r" * (len(heads) - 1))


def _key(table: Table, item: Worked) -> str:
    return " / ".join(str(item.plain.get(key.name, "")) for key in table.keys)


def _units(size: int, unit: int) -> int:
    return -(-size // unit)


def _bytes(size: int) -> str:
    return f"{size:,} bytes"


_LIMIT: Final = f"{_bytes(MAX_ITEM_BYTES)} (400 KB)"
