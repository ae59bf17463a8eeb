"""Recording migrations as applied that this tool did not run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.errors import MigrationError
from kxmodel.migrate.lease import DURATION, Heartbeat, Lease
from kxmodel.migrate.run.path import find_path
from kxmodel.migrate.run.recording import Recording
from kxmodel.migrate.schema.definitions import index_difference, table_difference
from kxmodel.migrate.schema.waiting import describe, index_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.history import History, Record
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.state import State

_FAKED = "recorded without being run"


def record_only(
    folder: Folder,
    database: Database,
    target: str | None = None,
    *,
    look: bool,
    lease_seconds: float = DURATION,
) -> tuple[str, ...]:
    """Write into the history that the database is at the target, and change nothing else.

    look: first see that the tables and indexes are there as the target has them; items are not read.
    Otherwise, and if a target is given, revisions that no file has are recorded as not applied.
    Returns the revisions recorded. Raises MigrationError KX640, KX641, KX643 for what differs, and as
    `find_path`.
    """
    history, clock = database.history, database.clock
    history.ensure()
    lease = Lease(database.client, history.table, clock, duration=lease_seconds)
    lease.take()
    try:
        with Heartbeat(lease):
            records = history.read()
            struck: tuple[str, ...] = ()
            if target is not None and not look:
                struck = _strike_unknown(folder, history, lease, records)
                records = history.read()
            steps = find_path(folder, records, target)
            if look and steps:
                refuse_differences(database, _goal(folder, steps))
            for step in steps:
                before = records.get(step.revision)
                recording = Recording(history, lease, clock, step, before)
                up = step.direction == "up"
                recording.advance(len(step.migration.operations) if up else 0)
                recording.end(note=_FAKED)
            return (*struck, *(step.revision for step in steps))
    finally:
        lease.release()


def _strike_unknown(
    folder: Folder, history: History, lease: Lease, records: Mapping[str, Record]
) -> tuple[str, ...]:
    """Record as not applied what no file has; returns these revisions."""
    unknown = [
        record
        for name, record in records.items()
        if name not in folder.migrations and (record.applied or record.begun)
    ]
    for record in unknown:
        history.write(replace(record, state="rolled_back", done=0, note=_FAKED), lease)
    return tuple(record.revision for record in unknown)


def refuse_differences(database: Database, state: State) -> None:
    """Raise MigrationError KX643 with every table and index that is not as the state has it."""
    found = [f"\n  - {each}" for each in differences(database, state)]
    if found:
        raise MigrationError(f"the database is not at this revision:{''.join(found)}", code="KX643")


def differences(database: Database, state: State) -> Iterator[str]:
    """Each table and index that is not there as the state has it, in words."""
    for table in state.tables.values():
        name = database.names.table(table.name)
        description = describe(database.control, name)
        if description is None:
            yield f"there is no table {name}"
            continue
        if different := table_difference(table, description):
            yield f"{name}: {different}"
        for index in table.indexes.values():
            there = index_of(description, index.name)
            if there is None:
                yield f"{name} has no index {index.name}"
            elif different := index_difference(index, there, description):
                yield f"index {index.name} of {name}: {different}"


def _goal(folder: Folder, steps: tuple[Step, ...]) -> State:
    """The state that the steps lead to."""
    last = steps[-1]
    return last.states[-1] if last.direction == "up" else last.states[0]
