"""The migrations of a folder as the pages tell them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.docs.project import Operation, Revision
from kxmodel.migrate.files import load_folder
from kxmodel.migrate.state import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.migrate.operations import Operation as Done
    from kxmodel.migrate.state import State


def revisions(path: Path) -> tuple[Revision, ...]:
    """Every migration in the order in which they are applied; none where the folder is missing.

    Raises MigrationFileError, and GraphError.
    """
    folder = load_folder(path)
    if not folder.migrations:
        return ()
    told: list[Revision] = []
    known: set[tuple[str, str]] = set()
    filled_later = _index_keys(folder.states(folder.graph.order[-1])[-1])
    for name in folder.graph.order:
        migration = folder.migrations[name]
        states = folder.states(name)
        now = _attributes(states[-1], filled_later)
        first, last = _lines(states[0]), _lines(states[-1])
        changed = [t for t in {**first, **last} if first.get(t) != last.get(t)]
        told.append(
            Revision(
                name=name,
                description=migration.description,
                follows=migration.parents,
                operations=tuple(map(_operation, migration.operations)),
                before={table: first[table] for table in changed if table in first},
                after={table: last[table] for table in changed if table in last},
                brought=frozenset(now - known),
                source=folder.file(name).read_text("utf-8"),
            )
        )
        known |= now
    return tuple(told)


def _operation(done: Done) -> Operation:
    table, index = getattr(done, "table", None), getattr(done, "index", None)
    return Operation(
        sentence=done.describe(),
        kind=type(done).__name__,
        table=table if isinstance(table, str) else None,
        index=index if isinstance(index, str) else None,
        reversible=done.reversible,
        destroys=done.destroys,
    )


def _lines(state: State) -> dict[str, list[str]]:
    plain = to_json(state, schemas=False)["tables"]
    return {
        name: json.dumps(table, indent=2, ensure_ascii=False).split("\n")
        for name, table in plain.items()
    }


def _attributes(state: State, filled_later: frozenset[tuple[str, str]]) -> set[tuple[str, str]]:
    """The attributes that a state knows: of keys, and those that schemas declare.

    A key attribute may be declared long before an index is made of it: it comes with its backfill.
    """
    known = set()
    for name, table in state.tables.items():
        keys = {key.name for key in table.keys}
        declared: set[str] = set()
        for entity in table.entities.values():
            keys |= {key for filled in entity.indexes.values() for key in filled.keys}
            properties = (entity.schema or {}).get("properties")
            declared |= set(properties) if isinstance(properties, dict) else set()
        known |= {(name, each) for each in keys}
        known |= {(name, each) for each in declared if (name, each) not in filled_later}
    return known


def _index_keys(state: State) -> frozenset[tuple[str, str]]:
    """The attributes that templates of indexes fill, apart from those that an item has anyway."""
    return frozenset(
        (name, key)
        for name, table in state.tables.items()
        for entity in table.entities.values()
        for filled in entity.indexes.values()
        for key, template in filled.keys.items()
        if template != f"${{{key}}}"
    )
