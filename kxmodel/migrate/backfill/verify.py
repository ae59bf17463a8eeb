"""Proving that a task is done: scans begun after it, repairing, until one finds nothing to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kxmodel.errors import OldWriterLive
from kxmodel.migrate.backfill.coordinator import endless
from kxmodel.migrate.backfill.events import ignore
from kxmodel.migrate.backfill.run import run_backfill

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from kxmodel.migrate.backfill.budget import Budget
    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.events import Events
    from kxmodel.migrate.backfill.ledger import Ledger
    from kxmodel.migrate.backfill.options import Options, Result
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.tasks.spec import TaskSpec
    from kxmodel.migrate.tasks.task import Task


@dataclass(frozen=True)
class Verification:
    """results: of each scan, in order. Without repair, counts.failed are the items that differ."""

    results: tuple[Result, ...]

    @property
    def last(self) -> Result:
        """The last scan."""
        return self.results[-1]

    @property
    def clean(self) -> bool:
        """Whether the last scan went through and found nothing to change."""
        last, counts = self.last, self.last.counts
        return last.finished and not (last.written or counts.updated or counts.failed)

    @property
    def repaired(self) -> int:
        """The items that had to be written."""
        return sum(result.counts.updated for result in self.results)


def verify_backfill(
    task: Task,
    *,
    client: DynamoClient,
    table_name: str,
    ledger: Ledger,
    budget: Budget,
    options: Options,
    passes: int = 3,
    repair: bool = True,
    spec: TaskSpec | None = None,
    settings: ClientSettings | None = None,
    executor: Executor | None = None,
    remaining: Callable[[], float] = endless,
    events: Events = ignore,
    stop: StopSignal | None = None,
) -> Verification:
    """Judge every item again by a consistent scan that begins now.

    With `repair`, what is found is written under the same guards, and another scan follows, at most
    `passes` of them; without, one scan only looks. Each scan has a run of its own in the ledger, named
    after `options.run`, so that a verification that was interrupted goes on. The other arguments are
    those of `run_backfill`.

    Raises OldWriterLive (KX622) where the last pass still found something, BackfillError as
    `run_backfill`.
    """
    results: list[Result] = []
    for number in range(1, (passes if repair else 1) + 1):
        result = run_backfill(
            task,
            client=client,
            table_name=table_name,
            ledger=ledger,
            budget=budget,
            options=replace(options, run=f"{options.run}/verify-{number}", write=repair),
            spec=spec,
            settings=settings,
            executor=executor,
            remaining=remaining,
            events=events,
            stop=stop,
        )
        results.append(result)
        done = Verification(tuple(results))
        if done.clean or not result.finished or not repair:
            return done
    last = results[-1]
    left = max(last.written, last.counts.updated) + last.counts.failed
    raise OldWriterLive(
        f"{table_name}: verification number {passes} still found {left:,} items "
        "to repair, which writers left without what the migration gives since the one before"
    )
