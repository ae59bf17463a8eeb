"""The schema's examples as they are stored: keys made, sizes counted, places in the indexes found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from kxmodel.docs.conditions import failed, listed
from kxmodel.ir.items import dynamodb_json, with_keys
from kxmodel.keys import is_absent, lookup
from kxmodel.values import item_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Entity, Index, IndexKeys, Table
    from kxmodel.values import AttributeValue

#: A write costs one unit for each begun 1,024 bytes, a strongly consistent read for each 4,096.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096


@dataclass(frozen=True)
class Worked:
    """One example.

    plain: JSON with stored names, keys included. stored: the same in DynamoDB JSON, which names types;
    binary is base64 text, as people read it.
    """

    entity: Entity
    plain: Mapping[str, object]
    stored: Mapping[str, object]

    @cached_property
    def sent(self) -> Mapping[str, AttributeValue]:
        """As botocore takes it: binary as bytes."""
        from kxmodel.runtime.item import from_wire

        return from_wire(self.stored)

    @property
    def size(self) -> int:
        """Bytes, as DynamoDB counts them."""
        return item_size(cast("Mapping[str, AttributeValue]", self.stored))

    def size_in(self, table: Table, index: Index) -> int:
        """Bytes of what an index holds of it, without the overhead of an index entry."""
        kept = projected(table, index)
        part = {n: v for n, v in self.stored.items() if kept is None or n in kept}
        return item_size(cast("Mapping[str, AttributeValue]", part))

    def write_units(self, table: Table) -> int:
        """Write capacity units of putting it as a new item, its indexes included."""
        sizes = [self.size]
        sizes += [self.size_in(table, index) for index in table.indexes if self.is_in(index)]
        return sum(-(-size // WRITE_UNIT_BYTES) for size in sizes)

    def is_in(self, index: Index) -> bool:
        """Whether it has all key attributes of the index."""
        return all(key.name in self.plain for key in index.attributes)


def projected(table: Table, index: Index) -> frozenset[str] | None:
    """The attributes that an index holds; None: all."""
    if index.projection == "ALL":
        return None
    keys = {key.name for key in (*table.keys, *index.attributes)}
    return frozenset(keys | set(index.include if index.projection == "INCLUDE" else ()))


def worked(table: Table) -> tuple[Worked, ...]:
    """Every example of a table's entities, in the order of the schema. Raises KeyBuildError."""
    return tuple(
        Worked(
            entity, plain := with_keys(table, entity, example), dynamodb_json(table, entity, plain)
        )
        for entity in table.entities
        for example in entity.examples
    )


def why_absent(item: Worked, index: Index) -> str:
    """Why an item is not in an index, in words; Markdown-free."""
    filled = _filled(item.entity, index)
    if filled is None:
        missing = [key.name for key in index.attributes if key.name not in item.plain]
        return f"{item.entity.name} gives it no {listed(missing)}"
    tests = filled.when.tests if filled.when else ()
    missing = _missing(filled, item.plain)
    told = [f"it has no {path}" for path in missing]
    told += [failed(t) for t in tests if t.source not in missing and not t.holds(item.plain)]
    return listed(told) or "it lacks a part of the key"


def _filled(entity: Entity, index: Index) -> IndexKeys | None:
    return next((each for each in entity.indexes if each.index == index.name), None)


def _missing(filled: IndexKeys, values: Mapping[str, object]) -> list[str]:
    """The sources that the item lacks; what has a default is never lacking."""
    parts = [part for each in filled.keys.values() for part in each.placeholders]
    paths = dict.fromkeys(part.source for part in parts if part.default is None)
    return [path for path in paths if is_absent(lookup(values, tuple(path.split("."))))]
