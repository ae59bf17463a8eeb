"""From operations and states to the tasks that judge single items."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kxmodel.errors import OperationError
from kxmodel.migrate import tasks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kxmodel.keys import KeyType
    from kxmodel.migrate.state import EntityState, Recognise, State, TableState
    from kxmodel.values import JSON


def recognise_of(rule: Recognise) -> tasks.Recognise:
    """The rule as tasks take it."""
    return tasks.Recognise(rule.get("equals", {}), rule.get("prefix", {}))


def keys_task(
    state: State, table: str, filled: Mapping[str, tuple[EntityState, tuple[str, ...]]]
) -> tasks.KeysTask:
    """The task that fills the keys of these entities, each in the indexes named beside it."""
    found = state.table(table)
    entities = tuple(_entity_keys(entity, targets) for entity, targets in filled.values())
    return tasks.KeysTask(table, entities, _key_types(found))


def following(
    state: State, table: str, entity: EntityState, inner: tasks.Task, changed: Collection[str]
) -> tasks.Task:
    """`inner`, and with it the index keys that have one of the changed attributes as a source."""
    from kxmodel.keys import parse, parse_condition

    targets = []
    for index, keys in entity.indexes.items():
        sources = [source for text in keys.keys.values() for source in parse(text).sources]
        if keys.when:
            sources += parse_condition(keys.when).sources
        if any(source.split(".")[0] in changed for source in sources):
            targets.append(index)
    if not targets:
        return inner
    return tasks.FollowKeys(inner, keys_task(state, table, {entity.name: (entity, tuple(targets))}))


def schema_of(entity: EntityState, digest: str) -> Mapping[str, JSON]:
    """The JSON Schema itself. Raises OperationError KX612 where the state does not hold it."""
    if entity.schema is None or entity.schema_digest != digest:
        raise OperationError(
            f"the schema {digest} of {entity.name} is in no file that was read", code="KX612"
        )
    return cast("Mapping[str, JSON]", entity.schema)


def _entity_keys(entity: EntityState, targets: tuple[str, ...]) -> tasks.EntityKeys:
    indexes = tuple(
        tasks.IndexKeys(name, keys.keys, cast("Mapping[str, JSON] | None", keys.when))
        for name, keys in entity.indexes.items()
    )
    return tasks.EntityKeys(
        entity.name,
        entity.keys,
        indexes,
        targets,
        recognise_of(entity.recognise),
        entity.derive,
    )


def _key_types(table: TableState) -> tasks.KeyTypes:
    keys = [*table.keys, *(key for index in table.indexes.values() for key in index.attributes)]
    types: dict[str, KeyType] = {key.name: key.type for key in keys if key.type != "S"}
    ranges = {key.name for index in table.indexes.values() for key in index.range}
    if table.range is not None:
        ranges.add(table.range.name)
    return tasks.KeyTypes(types, frozenset(ranges))
