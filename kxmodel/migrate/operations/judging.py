"""From operations and states to the tasks that judge single items."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kxmodel.errors import OperationError
from kxmodel.keys import parse, parse_condition
from kxmodel.migrate import tasks
from kxmodel.migrate.operations.declared import stored_types

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kxmodel.keys import KeyType
    from kxmodel.migrate.state import EntityState, IndexKeysState, Recognise, State, TableState
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


def proof_task(state: State, table: str) -> tasks.KeysTask | None:
    """The task that proves every index key of a table; None where there is none.

    Keys of an index that is not there yet are a later migration's business.
    """
    found = state.table(table)
    filled = {
        name: (entity, tuple(index for index in entity.indexes if index in found.indexes))
        for name, entity in found.entities.items()
    }
    proved = {name: pair for name, pair in filled.items() if pair[1]}
    return keys_task(state, table, proved) if proved else None


def following(
    state: State, table: str, entity: EntityState, inner: tasks.Task, changed: Collection[str]
) -> tasks.Task:
    """`inner`, and with it what has one of the changed attributes as a source.

    That is index keys and derived attributes, which are written in the same request; and the table's own
    key, which has to stay what it is.
    """
    targets = made_of(entity, changed)
    task = inner
    if targets:
        task = tasks.FollowKeys(inner, keys_task(state, table, {entity.name: (entity, targets)}))
    return _keeping_primary(state, table, entity, task, {*changed, *targets})


def deriving(state: State, table: str, entity: EntityState, derived: Collection[str]) -> tasks.Task:
    """The task that fills derived attributes, and what has one of them as a source."""
    targets = tuple(dict.fromkeys((*derived, *made_of(entity, derived))))
    task = keys_task(state, table, {entity.name: (entity, targets)})
    return _keeping_primary(state, table, entity, task, targets)


def _keeping_primary(
    state: State, table: str, entity: EntityState, task: tasks.Task, changed: Collection[str]
) -> tasks.Task:
    sources = set[str]().union(*map(_sources, entity.keys.values()))
    if sources.isdisjoint(changed):
        return task
    return tasks.KeepPrimary(task, entity.name, entity.keys, _key_types(state.table(table)))


def rekeying(
    state: State,
    table: str,
    entity: EntityState,
    source: tasks.SourceTemplates | tasks.WholeItem | None,
) -> tasks.RekeyItems:
    """The task that moves items of an entity to its keys, `source` changed first."""
    changed = {*entity.keys, *(source.writes if source is not None else ())}
    targets = made_of(entity, changed)
    keys = keys_task(state, table, {entity.name: (entity, targets)}) if targets else None
    known = (entity.schema or {}).get("properties", {})
    declared = [
        *(known if isinstance(known, dict) else ()),
        *(name for index in entity.indexes.values() for name in index.keys),
        *(name.partition(".")[0] for text in entity.keys.values() for name in parse(text).sources),
        *entity.derive,
        *((entity.version,) if entity.version else ()),
    ]
    return tasks.RekeyItems(
        table,
        entity.name,
        entity.keys,
        recognise_of(entity.recognise),
        _key_types(state.table(table)),
        source,
        keys,
        tuple(dict.fromkeys(declared)),
    )


def schema_of(entity: EntityState, digest: str) -> Mapping[str, JSON]:
    """The JSON Schema itself. Raises OperationError KX612 where the state does not hold it."""
    if entity.schema is None or entity.schema_digest != digest:
        raise OperationError(
            f"the schema {digest} of {entity.name} is in no file that was read", code="KX612"
        )
    return cast("Mapping[str, JSON]", entity.schema)


def made_of(entity: EntityState, changed: Collection[str]) -> tuple[str, ...]:
    """What depends on one of these attributes: derived ones, also by way of others, and indexes."""
    touched = set(changed)
    more = set(touched)
    while more:
        more = {n for n, text in entity.derive.items() if _sources(text) & touched} - touched
        touched |= more
    derived = (name for name in entity.derive if name in touched - set(changed))
    indexes = (name for name, keys in entity.indexes.items() if touched & _all_sources(keys))
    return (*derived, *indexes)


def _all_sources(keys: IndexKeysState) -> set[str]:
    when = parse_condition(keys.when).sources if keys.when else ()
    found = {source.partition(".")[0] for source in when}
    return found.union(*(_sources(text) for text in keys.keys.values()))


def _sources(text: str) -> set[str]:
    return {source.partition(".")[0] for source in parse(text).sources}


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
        stored_types(entity.schema, _paths(entity)),
    )


def _paths(entity: EntityState) -> Iterator[str]:
    """The sources of the entity's index keys and derived attributes: a key may be made of one."""
    for texts in (entity.derive, *(keys.keys for keys in entity.indexes.values())):
        yield from (source for text in texts.values() for source in parse(text).sources)


def _key_types(table: TableState) -> tasks.KeyTypes:
    keys = [*table.keys, *(key for index in table.indexes.values() for key in index.attributes)]
    types: dict[str, KeyType] = {key.name: key.type for key in keys if key.type != "S"}
    ranges = {key.name for index in table.indexes.values() for key in index.range}
    if table.range is not None:
        ranges.add(table.range.name)
    return tasks.KeyTypes(types, frozenset(ranges))
