"""What an entity is called among all tables of the export."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import Table

#: (table, entity) -> the name of its table.
Names: TypeAlias = dict[tuple[str, str], str]


def table_names(tables: Sequence[Table]) -> Names:
    """The entity's own name; where two DynamoDB tables have an entity of one name, ``table.Entity``."""
    every = [(table.name, entity.name) for table in tables for entity in table.entities]
    count = Counter(entity for _, entity in every)
    return {
        (table, entity): entity if count[entity] == 1 else f"{table}.{entity}"
        for table, entity in every
    }
