"""The backfill engine as a run uses it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypedDict, cast

from kxmodel.errors import MigrationError
from kxmodel.migrate.backfill import (
    BadItemFound,
    Budget,
    Counts,
    Ledger,
    endless,
    run_backfill,
    verify_backfill,
)
from kxmodel.migrate.backfill import Options as Work
from kxmodel.migrate.backfill.bad import in_words, read_rows
from kxmodel.migrate.backfill.budget import Grant
from kxmodel.migrate.client import is_loopback
from kxmodel.migrate.run import events
from kxmodel.migrate.run.items import Went

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path

    from kxmodel.migrate.backfill import DynamoClient, Event, Result, StopSignal, Verification
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.items import Mode
    from kxmodel.migrate.run.options import Options
    from kxmodel.migrate.tasks import Task, TaskSpec

#: As many bad items are kept to be named; the report has all.
_KEPT: Final = 50

#: Scans until an old writer is held to be live.
_PROOFS: Final = 3


class _Common(TypedDict):
    client: DynamoClient
    table_name: str
    ledger: Ledger
    budget: Budget
    settings: ClientSettings | None
    spec: TaskSpec
    executor: Executor | None
    remaining: Callable[[], float]
    stop: StopSignal
    events: Callable[[Event], None]


class BackfillItems:
    """Goes over items with `kxmodel.migrate.backfill`. tell: is given what the engine tells.

    remaining: the seconds for which the run's lease lets requests be sent.
    """

    def __init__(
        self,
        database: Database,
        options: Options,
        tell: Callable[[events.Event], None],
        remaining: Callable[[], float] = endless,
    ) -> None:
        self._database = database
        self._options = options
        self._tell = tell
        self._remaining = remaining
        self._client = cast("DynamoClient", database.client)
        self._budget = Budget(options.max_wcu, options.max_rcu, database.clock)
        self._ledger = Ledger(self._client, database.names.ledger_table, database.clock)
        self._created = False
        url = getattr(getattr(database.client, "meta", None), "endpoint_url", "")
        # Local engines give made-up figures of capacity; what they cost is estimated.
        self._trust = not is_loopback(url)

    def set_rate(self, max_wcu: float | None, max_rcu: float | None) -> None:
        """See `Items`."""
        self._budget.set(max_wcu, max_rcu)

    def spend(self, estimate: float, told: float | None) -> float:
        """See `Items`."""
        rcu = told if self._trust and told is not None else estimate
        self._budget.settle(Grant(0.0, 0.0), 0.0, rcu)
        return self._budget.wait()

    def go(self, name: str, task: Task, spec: TaskSpec, mode: Mode, stop: StopSignal) -> Went:
        """See `Items`. Raises MigrationError KX654 where too many items are bad, BackfillError."""
        self._begin()
        bad: dict[str, None] = {}

        def told(event: Event) -> None:
            if isinstance(event, BadItemFound) and len(bad) < _KEPT:
                bad[json.dumps(event.item.to_json(), ensure_ascii=False, default=str)] = None
            self._tell(events.Work(event))

        report = self._report(name)
        work = Work(
            run=name,
            workers=self._options.workers,
            segments=self._options.segments,
            path=self._options.write_path,
            limit_bad=self._options.limit_bad,
            trust_capacity=self._trust,
            report=report,
            write=mode not in ("read", "look"),
        )
        common: _Common = {
            "client": self._client,
            "table_name": self._database.names.table(task.table),
            "ledger": self._ledger,
            "budget": self._budget,
            "settings": self._database.settings,
            "spec": spec,
            "executor": self._options.executor,
            "remaining": self._remaining,
            "stop": stop,
            "events": told,
        }
        if mode == "prove":
            result = self._proved(task, work, common)
        else:
            result = run_backfill(task, options=work, **common)
            if mode == "settle" and result.finished:
                proof = replace(work, report=None)
                last = self._proved(task, proof, common)
                result = result if last.finished else last
        if result.counts.bad > len(bad) < _KEPT and report is not None:
            # A process that went before this one found some; its lines are in the report.
            bad |= dict.fromkeys(json.dumps(row, ensure_ascii=False) for row in read_rows(report))
        return self._went(name, result, tuple(bad)[:_KEPT], report)

    def forget(self, name: str) -> None:
        """See `Items`."""
        self._begin()
        for run in (name, *(f"{name}/verify-{number}" for number in range(1, _PROOFS + 1))):
            self._ledger.forget(run)

    def _begin(self) -> None:
        """Create the ledger where nothing of this environment was ever gone over."""
        if not self._created:
            self._ledger.create()
            self._created = True

    def _proved(self, task: Task, work: Work, common: _Common) -> Result:
        """The last of the scans; what the ones before it repaired counts as written."""
        done: Verification = verify_backfill(task, options=work, passes=_PROOFS, **common)
        counts = done.last.counts
        repaired = min(done.repaired - counts.updated, counts.already)
        moved = Counts(updated=repaired) - Counts(already=repaired)
        return replace(done.last, counts=counts + moved)

    def _went(self, name: str, result: Result, bad: tuple[str, ...], report: Path | None) -> Went:
        limit = self._options.limit_bad
        over = limit is not None and result.counts.bad >= max(limit, 1)
        if over or result.ended == "too many bad":
            first = f"; the first: {in_words(bad[0])}" if bad else ""
            where = f" (all of them: {report})" if report is not None else ""
            raise MigrationError(
                f"{result.counts.bad:,} items are bad, and the limit is {limit}{first}{where}",
                code="KX654",
            )
        more = result.counts.bad - len(bad)
        if more > 0:
            bad = (*bad, f"{more:,} more")
        if report is not None and not result.counts.bad:
            report.unlink(missing_ok=True)  # nothing stands in it
        written = str(report) if report is not None and result.counts.bad else None
        return Went(result.finished, result.counts.to_json(), result.reason, bad, written)

    def _report(self, name: str) -> Path | None:
        folder = self._options.report
        if folder is None:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name.replace('/', '-')}.jsonl"
