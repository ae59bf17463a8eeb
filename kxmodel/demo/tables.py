"""Creating tables and loading items, by the models alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.ir import Entity, Table
    from kxmodel.runtime import JsonValue, Model

    #: Entity -> its model class.
    Models = Mapping[str, type[Model]]


@dataclass(frozen=True)
class Loaded:
    """An example of the schema, and the object that was saved."""

    entity: Entity
    item: Model


def create_tables(tables: Sequence[Table], models: Models) -> Iterator[str]:
    """Create each table with all its indexes; yields its name as it is bound."""
    for table in tables:
        model = models[table.entities[0].name]
        model.create_table(wait=True)
        yield model.Meta.table_name


def load_examples(table: Table, models: Models) -> list[Loaded]:
    """Save every example that the table's schema shows."""
    loaded = []
    for entity in table.entities:
        model = models[entity.name]
        # A batch puts items as they are; save() would ask what version is stored before.
        with model.batch_write() as batch:
            for example in entity.examples:
                item = model.from_json(cast("Mapping[str, JsonValue]", example))
                batch.save(item)
                loaded.append(Loaded(entity, item))
    return loaded
