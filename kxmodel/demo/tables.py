"""Creating tables and loading items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from kxmodel.demo.legacy import legacy_items
from kxmodel.values import item_from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.ir import Entity, Table
    from kxmodel.runtime import JsonValue, Model

    #: Entity -> its model class.
    Models = Mapping[str, type[Model]]

#: "BatchWriteItem": at most 25 puts in one request.
_PUTS = 25


@dataclass(frozen=True)
class Loaded:
    """An example of the schema, and the object that it makes."""

    entity: Entity
    item: Model


def create_tables(tables: Sequence[Table], models: Models) -> Iterator[str]:
    """Create each table with all its indexes; yields its name as it is bound."""
    for table in tables:
        model = models[table.entities[0].name]
        model.create_table(wait=True)
        yield model.Meta.table_name


def examples(table: Table, models: Models) -> list[Loaded]:
    """Every example that the table's schema shows, not saved."""
    return [
        Loaded(entity, models[entity.name].from_json(cast("Mapping[str, JsonValue]", example)))
        for entity in table.entities
        for example in entity.examples
    ]


def load_examples(table: Table, models: Models) -> list[Loaded]:
    """Save every example that the table's schema shows."""
    loaded = examples(table, models)
    for entity in table.entities:
        # A batch puts items as they are; save() would ask what version is stored before.
        with models[entity.name].batch_write() as batch:
            for one in loaded:
                if one.entity is entity:
                    batch.save(one.item)
    return loaded


class PutClient(Protocol):
    """What is used of a botocore client."""

    def batch_write_item(self, **request: object) -> Mapping[str, Any]:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"""
        ...


def load_legacy(client: PutClient, table: Table, stored_name: str, count: int) -> int:
    """Put legacy items into a table, as many of each entity; how many were put.

    No model writes them: it would give them their keys, and refuse what is wrong with them.
    """
    each = -(-count // len(table.entities))
    items = [item for entity in table.entities for item in legacy_items(table, entity, each)]
    waiting: list[object] = [{"PutRequest": {"Item": item_from_json(item)}} for item in items]
    while waiting:
        some, waiting = waiting[:_PUTS], waiting[_PUTS:]
        answer = client.batch_write_item(RequestItems={stored_name: some})
        waiting += answer.get("UnprocessedItems", {}).get(stored_name, ())
    return len(items)
