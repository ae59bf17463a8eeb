"""Running migrations: one step after the other, each recorded as it comes about."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kxmodel.errors import KxError, LeaseLost, MigrationError
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill.bad import in_words
from kxmodel.migrate.backfill.stop import StopSignal
from kxmodel.migrate.run.changes import change
from kxmodel.migrate.run.events import (
    Awaited,
    MigrationBegun,
    MigrationEnded,
    OperationBegun,
    OperationEnded,
    Outcome,
)
from kxmodel.migrate.run.holding import go_over, holding
from kxmodel.migrate.run.items import Went
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.passes import moves, pass_name, task_of
from kxmodel.migrate.run.path import find_path
from kxmodel.migrate.run.preflight import (
    refuse_consumers,
    refuse_irreversible,
    refuse_loss,
    refuse_unrunnable,
    tables_written,
)
from kxmodel.migrate.run.recording import WAITS, Recording, begins_anew
from kxmodel.migrate.run.reins import Reins, Stopped
from kxmodel.migrate.run.specs import spec_of_move
from kxmodel.migrate.schema import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.history import Record
    from kxmodel.migrate.lease import Lease
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Event
    from kxmodel.migrate.run.items import Items, Mode
    from kxmodel.migrate.run.passes import Move
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.schema import ControlClient

    #: Makes the engine for a run that holds this lease.
    MakeItems = Callable[[Lease], Items]


@dataclass(frozen=True)
class PythonContext:
    """What a RunPython function is called with.

    client: a botocore client. names: ``names.table("messages")`` is the table's name here.
    check: to be called now and then; it waits while the run is paused, and raises when it is to end.
    """

    client: ControlClient
    names: Names
    check: Callable[[], None]


def _silent(_: Event) -> None:
    return


@dataclass
class Runner:
    """Brings one database to a target. items: makes the engine that goes over the items.

    stop: set it from a signal handler for a clean end. tell: is given every event.
    """

    folder: Folder
    database: Database
    items: MakeItems
    options: Options = field(default_factory=Options)
    stop: StopSignal = field(default_factory=StopSignal)
    tell: Callable[[Event], None] = _silent

    def run(self, target: str | None = None) -> Outcome:
        """Go to the target; see `kxmodel.migrate.files.wanted`.

        Raises MigrationError (KX640 to KX654), TargetError KX611, GraphError, and whatever a
        RunPython function raises as the cause of KX653. Nothing is counted as applied then that is
        not.
        """
        reins = Reins(self.options, self.database.clock, self.stop, self.tell)
        try:
            with holding(self.database, self.options, reins, self.tell) as lease:
                items = self.items(lease)
                reins.on_rate = items.set_rate
                reins.hold(lease)
                return _Run(self, lease, items, reins).go(target)
        except Stopped as stopped:  # while it waited for the lease
            return Outcome(False, reason=stopped.reason)


class _Run:
    """One run, while it holds the lease."""

    def __init__(self, runner: Runner, lease: Lease, items: Items, reins: Reins) -> None:
        self._database = runner.database
        self._options = runner.options
        self._folder = runner.folder
        self._tell = runner.tell
        self._history = runner.database.history
        self._lease = lease
        self._items = items
        self._reins = reins
        self._control = replace(
            runner.database.control,
            tell=lambda phase: self._tell(Awaited(phase)),
            check=reins.rest,
            spend=items.spend,
        )
        self._counts: Counter[str] = Counter()
        self._exceptions: list[str] = []
        self._report: str | None = None
        self._confirm = runner.options.confirm

    def go(self, target: str | None) -> Outcome:
        records = self._history.read()
        steps = find_path(self._folder, records, target)
        self._refuse(steps)
        through: list[str] = []
        for step in steps:
            try:
                self._step(step, records.get(step.revision))
            except Stopped as stopped:
                return self._outcome(through, stopped)
            through.append(step.revision)
        return self._outcome(through, None)

    def _refuse(self, steps: Sequence[Step]) -> None:
        refuse_irreversible(steps)
        refuse_unrunnable(steps)
        if not self._options.allow_destructive:
            refuse_loss(steps)
        tables = [self._database.names.table(name) for name in tables_written(steps)]
        refuse_consumers(
            [surroundings(self._control, table) for table in tables],
            accept_stream_events=self._options.accept_stream_events,
            single_writer_region=self._options.single_writer_region,
        )

    def _step(self, step: Step, before: Record | None) -> None:
        recording = Recording(self._history, self._lease, self._database.clock, step, before)
        total = len(step.migration.operations)
        try:
            self._reins.rest()
            recording.begin()
            self._tell(MigrationBegun(step.revision, step.direction, step.done, total))
            for move in moves(step, remove_values=self._options.remove_values):
                self._move(step, move, recording)
            recording.end()
            self._exceptions += recording.record.exceptions
            record = recording.record
            told = max(len(record.exceptions), record.counts.get("bad", 0))
            self._tell(MigrationEnded(step.revision, step.direction, told))
        except Stopped as stopped:
            waits = None if stopped.waiting is None else WAITS + stopped.waiting
            recording.pause(waits or stopped.reason)
            raise
        except LeaseLost:
            raise  # nothing may be recorded any more
        except Exception as error:
            with suppress(KxError):  # told all the same; without a record it is found interrupted
                recording.fail(error)
            if isinstance(error, KxError):
                raise
            told_error = f"{step.revision} failed: {type(error).__name__}: {error}"
            raise MigrationError(told_error, code="KX653") from error

    def _move(self, step: Step, move: Move, recording: Recording) -> None:
        self._reins.rest()
        total, clock = len(step.migration.operations), self._database.clock
        if move.operations:
            self._tell(OperationBegun(step.revision, move.number, total, move.sentence))
        since = clock.monotonic()
        name = pass_name(step, recording.record.run, move)
        try:
            went, note = self._make(step, move, name, recording)
        except KxError as error:
            if begins_anew(error):
                with suppress(Exception):  # what is left takes room, and nothing else
                    self._items.forget(name)
            raise
        # The scan that proves a backfill counts the same items once more.
        proof = bool(move.operations) and isinstance(move.operations[0], op.VerifyKeys)
        counts = {} if proof else went.counts
        recording.advance(move.done, counts, went.bad)
        if move.operations and move.operations[0].kind in ("data", "verify"):
            self._items.forget(name)
        self._counts.update(counts)
        self._report = went.report or self._report
        if move.operations:
            took = clock.monotonic() - since
            last = move.number + len(move.operations) - 1
            self._tell(OperationEnded(step.revision, last, total, took, went.counts, note))

    def _make(
        self, step: Step, move: Move, name: str, recording: Recording
    ) -> tuple[Went, str | None]:
        """Carry out a move; what became of the items, and a note where something is odd."""
        first = move.operations[0] if move.operations else None
        if first is None or first.kind == "state":
            return Went(True), None
        if first.kind in ("data", "verify"):
            mode = _mode(step, move)
            spec = spec_of_move(self._folder, step, move)
            went = go_over(self._items, self._reins, name, task_of(move), spec, mode)
            strict = isinstance(first, op.ValidateItems) and not first.report_only
            if strict and went.bad:
                raise MigrationError(
                    f"{len(went.bad)} items or more are not what the schema allows; "
                    f"the first: {in_words(went.bad[0])}",
                    code="KX653",
                )
            return went, None
        if first.kind == "schema":
            later = step.migration.operations[move.done :] if step.direction == "up" else ()
            return Went(True), change(self._control, self._database.names, first, later)
        if isinstance(first, op.WaitForWriters):
            self._wait(first, recording)
        elif isinstance(first, op.RunPython):
            client, names = self._database.client, self._database.names
            first.forward(PythonContext(client, names, self._reins.rest))
        return Went(True), None

    def _wait(self, operation: op.WaitForWriters, recording: Recording) -> None:
        """Go on only if this very stop was shown before, and is confirmed now."""
        shown = recording.was_waiting == WAITS + operation.message
        if not (self._confirm and shown):
            raise Stopped("a step waits for --confirm", waiting=operation.message)
        self._confirm = False

    def _outcome(self, through: list[str], stopped: Stopped | None) -> Outcome:
        return Outcome(
            finished=stopped is None,
            revisions=tuple(through),
            waiting=stopped.waiting if stopped else None,
            reason=stopped.reason if stopped else None,
            counts=dict(self._counts),
            exceptions=tuple(self._exceptions),
            report=self._report,
        )


def _mode(step: Step, move: Move) -> Mode:
    """How the items are gone over: what is changed is proved, by the migration or at once."""
    first = move.operations[0]
    if first.kind == "verify":
        return "prove" if isinstance(first, op.VerifyKeys) else "read"
    if isinstance(first, op.RemoveKeys | op.RemoveDerived):
        return "change"  # live writers stamp keys: there is nothing to prove
    if not isinstance(first, op.BackfillKeys):
        return "settle"
    later = step.migration.operations[move.done :] if step.direction == "up" else ()
    proofs = [each for each in later if isinstance(each, op.VerifyKeys)]
    proved = {each.index for each in proofs if each.table == first.table}
    filled = {each.index for each in move.operations if isinstance(each, op.BackfillKeys)}
    return "change" if None in proved or filled <= proved else "settle"
