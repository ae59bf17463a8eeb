"""What was applied, what is pending, what runs, what failed. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.history import Record
    from kxmodel.migrate.holder import Holder, Wishes
    from kxmodel.migrate.run.database import Database

#: As in the history, and: ``pending``: a file that was not applied; ``interrupted``: recorded as
#: running while nobody holds the lease; ``changed``: applied, and the file is another by now;
#: ``unknown``: in the history, and no file.
Standing: TypeAlias = Literal[
    "applied",
    "applied_with_exceptions",
    "running",
    "interrupted",
    "paused",
    "failed",
    "rolled_back",
    "pending",
    "changed",
    "unknown",
]


@dataclass(frozen=True)
class Line:
    """One revision and how it stands. record: None where it was never touched."""

    revision: str
    standing: Standing
    record: Record | None


@dataclass(frozen=True)
class Status:
    """lines: in the order of the migrations. holder: of the lease, alive or not; None: it is free."""

    lines: tuple[Line, ...]
    holder: Holder | None
    wishes: Wishes


def status(folder: Folder, database: Database) -> Status:
    """How the database stands to the files. Raises GraphError and MigrationError KX651."""
    history = database.history
    records = history.read()
    holder = history.holder()
    order = folder.graph.order
    extra = [name for name in records if name not in folder.migrations]
    lines = tuple(
        Line(name, _standing(folder, name, records.get(name), holder), records.get(name))
        for name in (*order, *extra)
    )
    return Status(lines, holder, history.wishes())


def _standing(folder: Folder, name: str, record: Record | None, holder: Holder | None) -> Standing:
    if record is None:
        return "pending"
    if name not in folder.migrations:
        return "unknown"
    if record.applied and record.checksum != folder.migrations[name].checksum:
        return "changed"
    if record.state == "running" and holder is None:
        return "interrupted"
    return record.state
