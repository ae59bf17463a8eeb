"""Migrations folders made for one test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.migrate.files import LOCK, Folder, load_folder, lock_text, snapshot_text
from kxmodel.migrate.making import apply, make_next
from kxmodel.migrate.writer import write

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.migrate import Migration
    from kxmodel.migrate.state import State


def grow(path: Path, *states: State) -> Folder:
    """The folder with a migration to each of these states after what it holds already."""
    for state in states:
        folder = load_folder(path)
        made = make_next(folder, state)
        assert made is not None
        apply(folder, made)
    return load_folder(path)


def branch(path: Path, migration: Migration, state: State) -> None:
    """Put a migration there as another branch would have, checksum and snapshot included."""
    folder = load_folder(path)
    (path / f"{migration.revision}.py").write_text(write(migration))
    (path / f"{migration.revision}.json").write_text(snapshot_text(state))
    made = {**folder.migrations, migration.revision: migration}
    (path / LOCK).write_text(lock_text({name: each.checksum for name, each in made.items()}))
