"""What is new in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import ChangeRefused
from kxmodel.migrate.diff.attributes import compare_schema, find_renames
from kxmodel.migrate.diff.creating import add_entity
from kxmodel.migrate.diff.derived import compare_derived
from kxmodel.migrate.diff.draft import Options, Steps
from kxmodel.migrate.diff.indexes import compare_indexes
from kxmodel.migrate.operations import (
    Rekey,
    RemoveEntity,
    SetSchema,
)
from kxmodel.migrate.operations.settings import settings_operations

if TYPE_CHECKING:
    from kxmodel.migrate.state import EntityState, TableState


def changed_table(before: TableState, after: TableState, options: Options) -> Steps:
    """Turn one table into another of its name. Raises ChangeRefused KX613-KX615."""
    name = after.name
    if before.keys != after.keys:
        raise ChangeRefused(
            f"the primary key of {name} changed, which no table can do",
            fix="Declare a new table, copy the items with RunPython, switch the readers, and remove "
            "the old table from the schemas.",
        )
    _check_local(before, after)
    steps = Steps(options)
    common = [each for each in after.entities if each in before.entities]
    for each in common:
        before = find_renames(before, after, each, steps)
    for each in common:
        _compare_entity(name, before.entities[each], after.entities[each], steps)
        compare_schema(before, after, each, steps)
    for each, entity in after.entities.items():
        if each not in before.entities:
            steps.entities.append(add_entity(name, entity))
            steps.notes.append(
                f"{name}: {each} is new, and nothing is backfilled for it. If items that it recognises "
                "are stored already, add op.BackfillKeys for each of its indexes."
            )
    for each in before.entities:
        if each not in after.entities:
            steps.last.append(RemoveEntity(name, each))
            steps.notes.append(f"{name}: stored items of {each} are left as they are.")
    compare_indexes(before, after, common, steps)
    for each in common:
        digest = after.entities[each].schema_digest
        if before.entities[each].schema_digest != digest:
            steps.last.append(SetSchema(name, each, digest))
    steps.last += settings_operations(name, before.settings, after.settings)
    return steps


def _check_local(before: TableState, after: TableState) -> None:
    for name in sorted({*before.indexes, *after.indexes}):
        pair = (before.indexes.get(name), after.indexes.get(name))
        if pair[0] != pair[1] and any(index is not None and index.local for index in pair):
            raise ChangeRefused(
                f"{name} of {after.name} is a local index, which lives and dies with its table",
                fix="Declare a global index, or a new table with the local index.",
            )


def _compare_entity(table: str, before: EntityState, after: EntityState, steps: Steps) -> None:
    if before.keys != after.keys:
        if not steps.options.allow_outage:
            raise ChangeRefused(
                f"{table}: the primary key of {after.name} changed from {_shown(before)} to "
                f"{_shown(after)}",
                code="KX614",
                fix="--allow-outage plans op.Rekey, which moves each item in place, and until it has "
                "ended a reader finds an item under one of its keys only. Or declare a new entity or "
                "table with the new key, copy the items with RunPython, and switch the readers.",
            )
        steps.entities.append(Rekey(table, after.name, keys=after.keys))
        steps.writers.append(f"read and write {after.name} under its old and its new primary key")
        steps.notes.append(
            f"{table}: every {after.name} whose primary key changes is moved: put under the new key "
            "and deleted under the old, in one transaction. A reader that knows only the old key no "
            "longer finds it."
        )
    compare_derived(table, before, after, steps)


def _shown(entity: EntityState) -> str:
    return ", ".join(f"{name} = {text}" for name, text in entity.keys.items())
