"""What was applied, what is pending, what runs, what failed. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from kxmodel.migrate.backfill import Counts, Ledger
from kxmodel.migrate.run.passes import moves, pass_name
from kxmodel.migrate.run.path import in_effect, step_of
from kxmodel.migrate.schema.waiting import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.backfill import DynamoClient
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
    """One revision and how it stands. record: None where it was never touched.

    under_way: what became of the items so far, in the pass that it is in.
    """

    revision: str
    standing: Standing
    record: Record | None
    under_way: Mapping[str, int] = field(default_factory=dict)


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
        Line(
            name,
            _standing(folder, name, records.get(name), holder),
            records.get(name),
            _under_way(folder, database, records, name),
        )
        for name in (*order, *extra)
    )
    return Status(lines, holder, history.wishes())


def _under_way(
    folder: Folder, database: Database, records: Mapping[str, Record], name: str
) -> Mapping[str, int]:
    """The counts of the pass over items that a begun revision is in; none where it is in none."""
    record = records.get(name)
    known = record is not None and record.revision in folder.migrations
    if record is None or not known or record.state not in ("running", "paused"):
        return {}
    migration = folder.migrations[record.revision]
    if (
        record.checksum != migration.checksum
        or describe(database.control, database.names.ledger_table) is None
    ):
        return {}
    ledger = Ledger(
        cast("DynamoClient", database.client), database.names.ledger_table, database.clock
    )
    step = step_of(folder, records, name, record.direction, in_effect(records))
    # Whether a way down removes values is not recorded: either pass may be the one.
    names = {
        pass_name(step, record.run, move)
        for removes in (False, True)
        for move in islice(moves(step, remove_values=removes), 1)
    }
    counts = sum((ledger.counts(name) for name in names), Counts())
    return counts.to_json() if counts.scanned else {}


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
