"""Proving a migrations folder, with no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import KxError, Location, MigrationError, MigrationFileError
from kxmodel.migrate.files.folder import load_folder
from kxmodel.migrate.files.lock import LOCK, read_lock
from kxmodel.migrate.state import state_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kxmodel.migrate.files.folder import Folder
    from kxmodel.migrate.state import State


def check(path: Path, schemas: State) -> list[KxError]:
    """Everything that is wrong with the migrations in a folder.

    That the operations turn each state into the next, that the last is what the schemas say, that
    every snapshot is right, and that no file differs from its checksum.
    schemas: the state that the schemas describe.
    """
    try:
        folder = load_folder(path)
        head = folder.graph.head
        return [
            *_checksums(folder),
            *_snapshots(folder),
            *_last(folder, folder.state_after(head), schemas),
        ]
    except MigrationError as error:
        return [error]


def _checksums(folder: Folder) -> Iterator[KxError]:
    locked = read_lock(folder.path)
    lock = Location((folder.path / LOCK).as_posix())
    for revision in folder.graph.order:
        checksum = folder.migrations[revision].checksum
        if revision not in locked:
            yield MigrationFileError(
                f"{revision} has no checksum: it was written by hand, and never locked",
                code="KX603",
                where=lock,
                fix="Run `kxmodel makemigration --relock` once you are sure of it.",
            )
        elif locked[revision] != checksum:
            yield MigrationFileError(
                "does something else than when its checksum was written",
                code="KX602",
                where=Location(folder.file(revision).as_posix()),
            )
    for revision in sorted(set(locked) - set(folder.migrations)):
        yield MigrationFileError(
            f"{revision} has a checksum, and no file", code="KX603", where=lock
        )


def _snapshots(folder: Folder) -> Iterator[KxError]:
    for revision in folder.graph.order:
        where = Location(folder.snapshot_file(revision).as_posix())
        if revision not in folder.snapshots:
            yield MigrationFileError("is missing", code="KX604", where=where)
        elif folder.snapshots[revision] != folder.graph.state_after(revision):
            yield MigrationFileError(
                f"is not the state that {revision} leads to", code="KX604", where=where
            )


def _last(folder: Folder, last: State, schemas: State) -> Iterator[KxError]:
    if state_digest(last) == state_digest(schemas):
        return
    changed = [
        name
        for name in sorted({*last.tables, *schemas.tables})
        if last.tables.get(name) != schemas.tables.get(name)
    ]
    yield MigrationFileError(
        f"no migration leads to what the schemas say of {', '.join(changed)}",
        code="KX610",
        where=Location(folder.path.as_posix()),
    )
