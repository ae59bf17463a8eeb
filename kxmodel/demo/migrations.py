"""The project's migrations at work: legacy items in, keys and indexes out, and the way back."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from kxmodel.demo.answers import answers
from kxmodel.demo.events import Answer, Step
from kxmodel.demo.findings import Left, findings
from kxmodel.demo.tables import examples, load_legacy
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.names import Names
from kxmodel.migrate.run import Options, connect, events, migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kxmodel.config import Config
    from kxmodel.demo.events import Event
    from kxmodel.demo.tables import Models, PutClient
    from kxmodel.engines import RunningEngine
    from kxmodel.ir import Table
    from kxmodel.migrate.files import Folder

    #: Opened for a run of migrations, what shows its events.
    Follow: TypeAlias = Callable[[], AbstractContextManager[Callable[[events.Event], None]]]

#: Legacy items in all, by engine: a demonstration takes seconds. moto is slower by far.
COUNTS: Final = {"moto": 120}
COUNT: Final = 2400

#: Pieces and workers for tables of some hundred items.
_SEGMENTS: Final = 2


def unwatched() -> AbstractContextManager[Callable[[events.Event], None]]:
    """Follows nothing."""
    return nullcontext(lambda event: None)


@dataclass
class Gauge:
    """What a run of migrations took. seconds: of all of it; the rest is of operations over items alone.

    cpu, busy: processor time of this process, and time on the wall, in seconds.
    """

    revisions: int = 0
    seconds: float = 0.0
    scanned: int = 0
    written: int = 0
    cpu: float = 0.0
    busy: float = 0.0
    _began: float = 0.0

    def tell(self, event: events.Event) -> None:
        """Take an event of the run."""
        if isinstance(event, events.OperationBegun):
            self._began = time.process_time()
        elif isinstance(event, events.OperationEnded) and event.counts.get("scanned"):
            self.scanned += event.counts["scanned"]
            self.written += event.counts.get("updated", 0)
            self.cpu += time.process_time() - self._began
            self.busy += event.seconds

    def __str__(self) -> str:
        return (
            f"{self.revisions} migrations in {self.seconds:.1f} s: {self.scanned:,} items gone over, "
            f"{self.written:,} written"
        )

    @property
    def rates(self) -> str:
        """Items a second and the CPU of one, in words."""
        if not self.scanned or not self.busy:
            return "no items were gone over"
        return (
            f"{self.scanned / self.busy:,.0f} items/s gone over, {self.written / self.busy:,.0f} of them "
            f"written; {1e6 * self.cpu / self.scanned:,.0f} microseconds of this process's CPU an item"
        )


@dataclass(frozen=True)
class Story:
    """One demonstration on an engine without tables. reports: the folder for the reports.

    count: of legacy items over all tables; None: as many as the engine takes in seconds.
    """

    config: Config
    tables: Sequence[Table]
    models: Models
    folder: Folder
    running: RunningEngine
    reports: Path
    count: int | None
    follow: Follow

    def events(self) -> Iterator[Event]:
        """Everything, from the first migration to the last figure. Raises as `migrate`."""
        order = self.folder.graph.order
        first = order[0]
        left = Left()
        self._migrate(first, unwatched)
        yield Step("apply", f"{first}: {', '.join(self._stored)}", opens=True)
        yield Step("load", self._load())
        yield Step("migrate", f"the {len(order) - 1} others, as `kxmodel migrate` does")
        up = self._migrate(None, self.follow, left)
        yield Step("migrated", str(up), opens=True)
        yield findings(self.tables, self._names, self.running, left, self.reports)
        asked = 0
        for table in self.tables:
            for event in answers(table, self.models, examples(table, self.models)):
                asked += isinstance(event, Answer)
                yield event
        yield Step("answered", f"{asked} access patterns", opens=True)
        down = self._migrate(first, _bar_alone(self.follow))
        yield Step("down", f"{down}; indexes are dropped, attributes stay")
        again = self._migrate(None, _bar_alone(self.follow))
        yield Step("up again", f"{again}, since the keys were there")
        yield Step("measured", up.rates)

    @property
    def _names(self) -> Names:
        return Names(self.config.table_prefix)

    @property
    def _settings(self) -> ClientSettings:
        return ClientSettings(endpoint_url=self.running.endpoint_url, region="us-east-1")

    @property
    def _stored(self) -> list[str]:
        return [self._names.table(table.name) for table in self.tables]

    def _load(self) -> str:
        count = self.count or COUNTS.get(self.running.name, COUNT)
        each = -(-count // len(self.tables))
        client = cast("PutClient", make(self._settings))
        loaded = [load_legacy(client, t, self._names.table(t.name), each) for t in self.tables]
        return f"{sum(loaded):,} legacy items of many tenants, without index keys, some of them bad"

    def _migrate(self, target: str | None, follow: Follow, left: Left | None = None) -> Gauge:
        """Bring the engine to a target, and measure it."""
        options = Options(
            allow_destructive=True, segments=_SEGMENTS, workers=_SEGMENTS, report=self.reports
        )
        gauge = Gauge()
        with follow() as show:

            def tell(event: events.Event) -> None:
                gauge.tell(event)
                if left is not None:
                    left.tell(event)
                show(event)

            began = time.monotonic()
            done = migrate(
                self.folder,
                connect(self._settings, self._names),
                target,
                options=options,
                tell=tell,
            )
        gauge.revisions = len(done.revisions)
        gauge.seconds = time.monotonic() - began
        return gauge


def _bar_alone(follow: Follow) -> Follow:
    """Shows how far it is, and leaves out what each operation does."""

    @contextmanager
    def quiet() -> Iterator[Callable[[events.Event], None]]:
        with follow() as show:

            def tell(event: events.Event) -> None:
                if isinstance(event, events.OperationEnded):
                    event = replace(event, seconds=0.0, counts={}, note=None)
                if isinstance(event, events.OperationEnded | events.Work):
                    show(event)

            yield tell

    return quiet
