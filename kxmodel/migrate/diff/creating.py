"""The operations that make tables, entities and indexes as a state has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.migrate.operations import AddEntity, CreateIndex, CreateTable, LocalIndex
from kxmodel.migrate.operations.arguments import index_keys_argument, key_argument
from kxmodel.migrate.operations.settings import settings_operations

if TYPE_CHECKING:
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.state import EntityState, IndexState, TableState


def new_table(table: TableState) -> list[Operation]:
    """Create the table with its entities and indexes. It is empty: nothing is backfilled."""
    hash_key = key_argument([table.hash])
    assert hash_key is not None
    created = CreateTable(
        table.name,
        hash=hash_key,
        range=key_argument([table.range] if table.range else []),
        read_capacity=table.settings.read_capacity,
        write_capacity=table.settings.write_capacity,
        local_indexes=[_local(index) for index in table.indexes.values() if index.local],
    )
    return [
        created,
        *settings_operations(table.name, created.definition.settings, table.settings),
        *(add_entity(table.name, entity) for entity in table.entities.values()),
        *(create_index(table.name, i) for i in table.indexes.values() if not i.local),
    ]


def add_entity(table: str, entity: EntityState) -> AddEntity:
    """The operation that adds an entity with everything about it."""
    return AddEntity(
        table,
        entity.name,
        keys=entity.keys,
        schema=entity.schema_digest,
        indexes=index_keys_argument(entity.indexes),
        recognise=entity.recognise,
        derive=entity.derive,
        version=entity.version,
    )


def create_index(table: str, index: IndexState) -> CreateIndex:
    """The operation that creates an index."""
    hash_key = key_argument(index.hash)
    assert hash_key is not None
    return CreateIndex(table, index.name, hash_key, key_argument(index.range), index.projection)


def _local(index: IndexState) -> LocalIndex:
    range_key = key_argument(index.range)
    assert range_key is not None
    return LocalIndex(index.name, range_key, index.projection)
