"""Names for new migrations: a number, and words that say what it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kxmodel.migrate.operations import (
    AddAttribute,
    AddEntity,
    BackfillKeys,
    CreateIndex,
    CreateTable,
    DeriveAttributes,
    DropIndex,
    DropTable,
    Operation,
    RemoveEntity,
    RenameAttribute,
    SetSchema,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


_LONGEST: Final = 50

#: What a migration is named by, the most telling first.
_TELLING: Final[tuple[type[Operation], ...]] = (
    CreateTable,
    DropTable,
    CreateIndex,
    DropIndex,
    RenameAttribute,
    AddEntity,
    RemoveEntity,
    BackfillKeys,
    AddAttribute,
    DeriveAttributes,
    SetSchema,
)


def next_revision(taken: Collection[str], words: str) -> str:
    """The revision after the highest number, named by `words`, whatever they are."""
    number = max((int(revision.partition("_")[0]) for revision in taken), default=0) + 1
    return f"{number:04d}_{slug(words)}"


def slug(words: str) -> str:
    """Small letters and digits with underscores between: ``Messages by lead!`` -> messages_by_lead."""
    found = "_".join(re.findall(r"[a-z0-9]+", words.lower()))[:_LONGEST].strip("_")
    return found or "migration"


def telling(operations: Sequence[Operation]) -> Operation | None:
    """The operation that says best what all of them are for; None of none."""
    for kind in _TELLING:
        for operation in operations:
            if isinstance(operation, kind):
                return operation
    return operations[0] if operations else None


def suggest(operations: Sequence[Operation]) -> str:
    """Words for what these operations do, after the most telling."""
    chosen = telling(operations)
    if chosen is None:
        return "nothing"
    return _words(chosen, sum(type(each) is type(chosen) for each in operations))


def _words(operation: Operation, count: int) -> str:
    more = " and more" if count > 1 else ""
    match operation:
        case CreateTable(table):
            return f"create {table}{more}" if count == 1 else "create tables"
        case DropTable(table):
            return f"drop {table}{more}"
        case CreateIndex(table, index):
            return f"{table} {index}{more}"
        case DropIndex(table, index):
            return f"drop {table} {index}{more}"
        case RenameAttribute(table, _, old, new):
            return f"{table} {old} to {new}{more}"
        case AddEntity(table, entity) | RemoveEntity(table, entity) | SetSchema(table, entity):
            return f"{table} {entity}{more}"
        case BackfillKeys(table, entity, index):
            return f"{table} {entity} {index}{more}"
        case DeriveAttributes(table, entity, derive):
            return f"{table} {entity} {' '.join(derive)}{more}"
        case AddAttribute(table, entity, attribute):
            return f"{table} {entity} {attribute}{more}"
        case _:
            return type(operation).__name__
