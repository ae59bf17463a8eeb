"""Making migrations: the next one, the one that joins branches, and a folder locked anew.

Pure but for `apply`: each function says which files would be written, with their texts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kxmodel.errors import Location, MigrationFileError
from kxmodel.migrate.diff import Options, detect
from kxmodel.migrate.files import (
    LOCK,
    lock_text,
    read_both_sides,
    read_lock,
    schemas_of,
    snapshot_text,
    unknown_schemas,
    with_schemas,
)
from kxmodel.migrate.files.graph import Graph
from kxmodel.migrate.migration import Migration
from kxmodel.migrate.naming import next_revision, suggest, telling
from kxmodel.migrate.writer import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class Made:
    """A migration that is not yet on the disk.

    files: name -> text, in the order in which they are to be written. notes: what a person has to
    know.
    """

    migration: Migration | None
    files: Mapping[str, str]
    notes: tuple[str, ...] = ()


def make_next(
    folder: Folder, schemas: State, options: Options | None = None, message: str = ""
) -> Made | None:
    """The migration from where the folder ends to what the schemas say; None where that is the same.

    Raises GraphError KX608, ChangeRefused KX613-KX615, MigrationFileError KX602 and KX603.
    """
    head = folder.graph.head
    draft = detect(_state(folder, folder.state_after(head), schemas), schemas, options)
    if not draft.operations:
        return None
    words = message or suggest(draft.operations)
    chosen = telling(draft.operations)
    description = message or (chosen.describe() if chosen else "")
    migration = Migration(
        next_revision(folder.migrations, words), draft.operations, head, description
    )
    locked = read_lock(folder.path)
    return replace(_written(folder, migration, schemas, locked), notes=draft.notes)


def make_merge(
    folder: Folder, schemas: State, options: Options | None = None, message: str = ""
) -> Made | None:
    """The migration that joins all heads, and brings what the schemas say beside; None of one head.

    Raises GraphError KX609, ChangeRefused KX613-KX615, MigrationFileError KX602 and KX603.
    """
    heads = folder.graph.heads
    if len(heads) < 2:
        return None
    before = _state(folder, folder.graph.merged(heads), schemas)
    draft = detect(before, schemas, options)
    names = " and ".join(heads)
    words = message or f"merge {' '.join(head.partition('_')[0] for head in heads)}"
    migration = Migration(
        next_revision(folder.migrations, words),
        draft.operations,
        heads,
        message or f"Join {names}.",
    )
    locked = read_both_sides(folder.path)
    return replace(_written(folder, migration, schemas, locked), notes=draft.notes)


def relock(folder: Folder, schemas: State) -> Made:
    """All snapshots anew, and lock.json with the migrations that it lacks.

    For migrations written by hand. Raises OperationError KX605, MigrationFileError KX602, KX603 and
    KX612.
    """
    _check_locked(folder, read_lock(folder.path))
    texts = {
        f"{revision}.json": _snapshot(folder, folder.graph, revision, schemas)
        for revision in folder.graph.order
    }
    checksums = {name: each.checksum for name, each in folder.migrations.items()}
    return Made(None, {**texts, LOCK: lock_text(checksums)})


def apply(folder: Folder, made: Made) -> list[Path]:
    """Write the files that differ from what is there; returns them. Raises MigrationFileError KX600."""
    written = []
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        for name, text in made.files.items():
            path = folder.path / name
            content = text.encode("utf-8")
            if path.exists() and path.read_bytes() == content:
                continue
            temporary = path.with_name(f".{name}.{os.getpid()}.tmp")
            temporary.write_bytes(content)
            temporary.replace(path)
            written.append(path)
    except OSError as error:
        raise MigrationFileError(
            f"{folder.path} cannot be written: {error}", code="KX600"
        ) from error
    return written


def _written(
    folder: Folder, migration: Migration, schemas: State, locked: Mapping[str, str]
) -> Made:
    """The migration's files, once every older one is found to be what it was."""
    _check_locked(folder, locked)
    graph = Graph({**folder.migrations, migration.revision: migration})
    return Made(
        migration,
        {
            f"{migration.revision}.py": write(migration),
            f"{migration.revision}.json": _snapshot(folder, graph, migration.revision, schemas),
            LOCK: lock_text({**locked, migration.revision: migration.checksum}),
        },
    )


def _check_locked(folder: Folder, locked: Mapping[str, str]) -> None:
    for revision, each in folder.migrations.items():
        if locked.get(revision, each.checksum) != each.checksum:
            raise MigrationFileError(
                "does something else than when its checksum was written",
                code="KX602",
                where=Location(folder.file(revision).as_posix()),
            )


def _snapshot(folder: Folder, graph: Graph, revision: str, schemas: State) -> str:
    state = _state(folder, graph.state_after(revision), schemas)
    if missing := unknown_schemas(state):
        raise MigrationFileError(
            f"no file holds the schema of {', '.join(missing)} that {revision} names by its digest",
            code="KX612",
            where=Location(folder.file(revision).as_posix()),
        )
    return snapshot_text(state)


def _state(folder: Folder, state: State, schemas: State) -> State:
    return with_schemas(state, {**folder.schemas, **schemas_of([schemas])})
