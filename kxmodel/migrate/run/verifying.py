"""Proving a database that was migrated: every key recomputed, every index compared with its table."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.files import with_schemas
from kxmodel.migrate.operations.judging import proof_task
from kxmodel.migrate.run.engine import BackfillItems
from kxmodel.migrate.run.events import Awaited, RunsBeside
from kxmodel.migrate.run.holding import go_over, holding
from kxmodel.migrate.run.items import Went
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.preflight import refuse_consumers
from kxmodel.migrate.run.reins import Reins, Stopped
from kxmodel.migrate.run.specs import spec_of_proof
from kxmodel.migrate.schema import surroundings
from kxmodel.migrate.schema.compare import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Event
    from kxmodel.migrate.state import State, TableState


@dataclass(frozen=True)
class Verified:
    """One table. counts: of its items; ``failed`` are those with other keys than theirs, ``updated``
    those that were repaired. bad: items whose keys cannot be told. indexes: each beside its table.
    finished: False where it was stopped before its end; `reason` says by what.
    """

    table: str
    counts: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[str, ...] = ()
    indexes: tuple[Comparison, ...] = ()
    finished: bool = True
    reason: str = ""

    @property
    def right(self) -> bool:
        """Whether nothing is left that is not as it should be."""
        wrong = self.counts.get("failed", 0) or self.bad or not self.finished
        return not wrong and all(each.same for each in self.indexes)


def verify(
    folder: Folder,
    database: Database,
    *,
    repair: bool = False,
    options: Options | None = None,
    tell: Callable[[Event], None] = lambda event: None,
    stop: StopSignal | None = None,
) -> tuple[Verified, ...]:
    """Prove every table of the revisions that are applied.

    repair: write the keys that differ, under guard, and scan until nothing does. That holds the lease,
    as a run of migrations does, and is refused like one where a table has stream readers or replicas;
    without it, nothing is held, and a run beside it is only told of.
    stop: set it for a clean end; what was not gone through is not `finished` then.
    Raises MigrationLocked KX640, LeaseLost KX641, BackfillError, OldWriterLive KX622 where repairs do
    not last, MigrationError KX643, KX644 and KX651.
    """
    chosen = options or Options()
    reins = Reins(chosen, database.clock, stop or StopSignal(), tell)
    items = BackfillItems(database, chosen, tell, reins.remaining)
    if not repair:
        holder = database.history.holder()
        if holder is not None:
            tell(RunsBeside(holder))
        return _Proof(folder, database, items, reins, tell, repair=False).all()
    try:
        with holding(database, chosen, reins, tell) as lease:
            reins.on_rate = items.set_rate
            reins.hold(lease)
            proof = _Proof(folder, database, items, reins, tell, repair=True)
            proof.refuse_consumers(chosen)
            return proof.all()
    except Stopped as stopped:  # while it waited for the lease
        tables = _state(folder, database).tables
        return tuple(
            Verified(database.names.table(name), finished=False, reason=stopped.reason)
            for name in tables
        )


def _state(folder: Folder, database: Database) -> State:
    """The state of the revisions that are applied, with the schemas: they say which value makes no key."""
    records = database.history.read()
    applied = [n for n in folder.graph.order if n in records and records[n].applied]
    return with_schemas(folder.graph.replay(applied), folder.schemas)


class _Proof:
    """One going through of all tables."""

    def __init__(
        self,
        folder: Folder,
        database: Database,
        items: BackfillItems,
        reins: Reins,
        tell: Callable[[Event], None],
        *,
        repair: bool,
    ) -> None:
        self._names = database.names
        self._items = items
        self._reins = reins
        self._repair = repair
        self._state = _state(folder, database)
        self._control = replace(
            database.control,
            tell=lambda phase: tell(Awaited(phase)),
            check=reins.rest,
            spend=items.spend,
        )

    def all(self) -> tuple[Verified, ...]:
        return tuple(self._table(table) for table in self._state.tables.values())

    def refuse_consumers(self, options: Options) -> None:
        """Raise MigrationError KX644 where repairs of a table are felt elsewhere."""
        tables = [n for n in self._state.tables if proof_task(self._state, n) is not None]
        refuse_consumers(
            [surroundings(self._control, self._names.table(name)) for name in tables],
            accept_stream_events=options.accept_stream_events,
            single_writer_region=options.single_writer_region,
        )

    def _table(self, table: TableState) -> Verified:
        full = self._names.table(table.name)
        went, compared = Went(True), list[Comparison]()
        try:
            self._reins.rest()
            went = self._keys(table)
            for index in table.indexes.values():
                self._reins.rest()
                compared.append(compare(self._control, full, index))
        except Stopped as stopped:
            return Verified(
                full, went.counts, went.bad, tuple(compared), finished=False, reason=stopped.reason
            )
        return Verified(full, went.counts, went.bad, tuple(compared))

    def _keys(self, table: TableState) -> Went:
        task = proof_task(self._state, table.name)
        if task is None:
            return Went(True)
        # It is begun anew each time: what a former one saw proves nothing now. Two that only look may
        # run at once.
        name = f"verify/{table.name}" + ("" if self._repair else f"/{uuid.uuid4().hex[:12]}")
        self._items.forget(name)
        spec = spec_of_proof(self._state, table.name)
        try:
            if self._repair:
                return go_over(self._items, self._reins, name, task, spec, "prove")
            return go_over(self._items, self._reins, name, task, spec, "look")
        finally:
            # After a lost lease the name may be another run's.
            if not self._repair or self._reins.holds:
                self._items.forget(name)
