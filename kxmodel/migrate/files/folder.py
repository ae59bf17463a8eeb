"""The migrations folder as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import Location, MigrationFileError
from kxmodel.migrate.files.graph import Graph
from kxmodel.migrate.files.loading import load_file
from kxmodel.migrate.files.snapshots import read_snapshot, schemas_of, with_schemas
from kxmodel.migrate.migration import REVISION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from kxmodel.migrate.migration import Migration
    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class Folder:
    """All migrations of a folder, by revision, and the snapshots that are there."""

    path: Path
    migrations: Mapping[str, Migration]
    snapshots: Mapping[str, State]

    @cached_property
    def graph(self) -> Graph:
        """The order of the migrations. Raises GraphError KX607."""
        return Graph(self.migrations)

    @cached_property
    def schemas(self) -> Mapping[str, Mapping[str, object]]:
        """Digest -> JSON Schema, of all snapshots."""
        return schemas_of(self.snapshots.values())

    def state_after(self, revision: str | None) -> State:
        """The state after a revision, with the schemas that the snapshots hold."""
        return with_schemas(self.graph.state_after(revision), self.schemas)

    def states(self, revision: str, beside: Collection[str] = ()) -> list[State]:
        """The state before each operation of a migration, and at last the one after it, with schemas.

        What it follows is applied before it; beside: what else is in effect, of another branch.
        Raises OperationError KX605 where they do not fit together.
        """
        wanted = (self.graph.ancestors(revision) | {*beside}) - {revision}
        before = [name for name in self.graph.order if name in wanted]
        states = self.migrations[revision].states(self.graph.replay(before))
        return [with_schemas(state, self.schemas) for state in states]

    def file(self, revision: str) -> Path:
        """The Python file of a revision."""
        return self.path / f"{revision}.py"

    def snapshot_file(self, revision: str) -> Path:
        """The file of the state after a revision."""
        return self.path / f"{revision}.json"


def load_folder(path: Path) -> Folder:
    """The migrations of a folder; none where it does not exist.

    Files that begin with ``_`` or ``.`` are left alone. Raises MigrationFileError KX601 and KX604.
    """
    migrations: dict[str, Migration] = {}
    snapshots: dict[str, State] = {}
    for file in sorted(path.glob("*.py")):
        if file.name.startswith(("_", ".")):
            continue
        if not REVISION.fullmatch(file.stem):
            raise MigrationFileError(
                "is no migration by its name",
                where=Location(file.as_posix()),
                fix="Name it like 0002_messages_by_lead.py, or begin its name with an underscore.",
            )
        migrations[file.stem] = load_file(file)
        snapshot = file.with_suffix(".json")
        if snapshot.exists():
            snapshots[file.stem] = read_snapshot(snapshot)
    return Folder(path, migrations, snapshots)
