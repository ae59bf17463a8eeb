"""``NNNN_name.json`` beside ``NNNN_name.py``: the state after a migration, with all schemas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.errors import KxError, Location, MigrationFileError
from kxmodel.migrate.state import State, dump, from_json, load, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: The digest of a JSON Schema -> the schema.
Schemas = dict[str, "Mapping[str, object]"]


def read_snapshot(path: Path) -> State:
    """The state that a snapshot holds. Raises MigrationFileError KX604."""
    where = Location(path.as_posix())
    try:
        return from_json(load(path.read_text(encoding="utf-8")))
    except KxError as error:
        raise MigrationFileError(error.message, code="KX604", where=where) from error
    except (OSError, ValueError, RecursionError) as error:
        raise MigrationFileError(f"cannot be read: {error}", code="KX604", where=where) from error


def snapshot_text(state: State) -> str:
    """The text of a snapshot."""
    return dump(to_json(state), indent=1) + "\n"


def schemas_of(states: Iterable[State]) -> Schemas:
    """Every schema that these states hold."""
    return {
        entity.schema_digest: entity.schema
        for state in states
        for table in state.tables.values()
        for entity in table.entities.values()
        if entity.schema is not None
    }


def with_schemas(state: State, schemas: Mapping[str, Mapping[str, object]]) -> State:
    """The state with the schemas that its digests name, as far as they are known."""
    return State(
        {
            name: replace(
                table,
                entities={
                    each: replace(entity, schema=schemas.get(entity.schema_digest, entity.schema))
                    for each, entity in table.entities.items()
                },
            )
            for name, table in state.tables.items()
        }
    )


def unknown_schemas(state: State) -> list[str]:
    """The entities, as ``table.Entity``, whose schema is known by its digest alone."""
    return [
        f"{name}.{each}"
        for name, table in state.tables.items()
        for each, entity in table.entities.items()
        if entity.schema is None
    ]
