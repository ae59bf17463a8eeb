"""Proving a database that was migrated: every key recomputed, every index compared with its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.operations.judging import keys_task
from kxmodel.migrate.run.engine import BackfillItems
from kxmodel.migrate.run.options import Options
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
    """

    table: str
    counts: Mapping[str, int]
    bad: tuple[str, ...]
    indexes: tuple[Comparison, ...]
    finished: bool = True

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

    repair: write the keys that differ, under guard, and scan until nothing does.
    Raises BackfillError, OldWriterLive KX622 where repairs do not last, MigrationError KX651.
    """
    records = database.history.read()
    applied = [n for n in folder.graph.order if n in records and records[n].applied]
    state = folder.graph.replay(applied)
    items = BackfillItems(database, options or Options(), tell)
    signal = stop or StopSignal()
    return tuple(
        _verify(database, items, state, table, repair, signal) for table in state.tables.values()
    )


def _verify(
    database: Database,
    items: BackfillItems,
    state: State,
    table: TableState,
    repair: bool,
    stop: StopSignal,
) -> Verified:
    # Keys of an index that is not there yet are a later migration's business.
    filled = {
        name: (entity, tuple(each for each in entity.indexes if each in table.indexes))
        for name, entity in table.entities.items()
    }
    filled = {name: each for name, each in filled.items() if each[1]}
    counts: Mapping[str, int] = {}
    bad: tuple[str, ...] = ()
    finished = True
    if filled:
        name = f"verify/{table.name}"
        # It is begun anew each time: what a former one saw proves nothing now.
        items.forget(name)
        task = keys_task(state, table.name, filled)
        went = items.go(name, task, "prove" if repair else "look", stop)
        items.forget(name)
        counts, bad, finished = went.counts, went.bad, went.finished
    full = database.names.table(table.name)
    compared = tuple(compare(database.control, full, each) for each in table.indexes.values())
    return Verified(full, counts, bad, compared, finished)
