"""The one who hands out the units of a run and takes the reports."""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError, KxError
from kxmodel.migrate.backfill.counts import Counts
from kxmodel.migrate.backfill.crew import Crew
from kxmodel.migrate.backfill.events import BadItemFound, PartitionSplit, Progress, RateChanged
from kxmodel.migrate.backfill.options import Result
from kxmodel.migrate.backfill.outcome import understand
from kxmodel.migrate.backfill.scan import Reader
from kxmodel.migrate.backfill.slice import Report, Slice
from kxmodel.migrate.backfill.split import between, cut
from kxmodel.migrate.backfill.unit import KeyRange, Unit
from kxmodel.migrate.tasks.equal import same

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.backfill.bad import BadItems
    from kxmodel.migrate.backfill.budget import Budget, Grant
    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.events import Events
    from kxmodel.migrate.backfill.ledger import Lease
    from kxmodel.migrate.backfill.options import Ended, Options
    from kxmodel.migrate.backfill.statement import Form
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.backfill.table import TableFacts

#: Ranges are not cut further when there are so many times more open units than workers.
_PLENTY: Final = 2
#: A range that took fewer items than this in its last slice is not worth cutting.
_WORTH_CUTTING: Final = 500
#: A key is cut into so many ranges at most: all are recorded in one transaction, which has at most 100
#: actions ("TransactWriteItems"). Whoever is idle later has them halved.
_MOST_PARTS: Final = 64
_TICK: Final = 0.25
#: Seconds in which a slice whose lease has ended is told of.
_GRACE: Final = 5.0
#: A slice for which the run's own lease leaves fewer seconds is not begun.
_SHORTEST: Final = 0.25
#: Bytes of an item for one unit of consistent reads
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
_READ_UNIT: Final = 4096


def endless() -> float:
    """The seconds that are left where nothing limits them."""
    return float("inf")


@dataclass(frozen=True)
class Errand:
    """A slice under way. bad: how many bad items it may find; None: any."""

    unit: Unit
    grant: Grant
    bad: int | None


class Coordinator:
    """One run of one process. Everything but the slices themselves happens in the caller's thread."""

    def __init__(
        self,
        *,
        crew: Crew,
        client: DynamoClient,
        table: TableFacts,
        lease: Lease,
        budget: Budget,
        options: Options,
        form: Form | None,
        bad: BadItems | None,
        events: Events,
        stop: StopSignal,
        writes: frozenset[str],
        request_timeout: float,
        remaining: Callable[[], float],
    ) -> None:
        """writes: the attributes that the task changes. request_timeout: seconds that a request can
        be under way. remaining: the seconds for which the run's lease lets requests be sent."""
        self._crew = crew
        self._client = client
        self._table = table
        self._lease = lease
        self._budget = budget
        self._options = options
        self._form = form
        self._bad = bad
        self._events = events
        self._stop = stop
        self._request_timeout = request_timeout
        self._remaining = remaining
        self._began = time.monotonic()
        units = [unit for unit in lease.units.values() if not unit.done]
        # Neighbouring segments can lie in one partition; shuffled, the load spreads.
        random.Random(lease.run).shuffle(units)  # noqa: S311  an order is no secret
        self._pending = deque(units)
        self._under_way: dict[Future[Any], Errand] = {}
        self._strikes: Counter[str] = Counter()
        self._in_one_key: Counter[str] = Counter()
        self._counts = sum((unit.counts for unit in lease.units.values()), Counts())
        self._wcu = self._rcu = 0.0
        # Charged in advance, until ConsumedCapacity tells.
        self._rcu_per_item = max(table.mean_bytes, 1) / _READ_UNIT
        self._wcu_per_write = table.write_units(writes)
        self._rates = budget.rates

    def run(self) -> Result:
        """Until all is done or something ends it. Raises as `run_backfill`."""
        try:
            while self._pending or self._under_way:
                ended = self._ended()
                if ended is not None:
                    self._stop.set(ended[1])
                    break
                pause = self._dispatch()
                self._collect(pause)
        except BaseException:
            # What the other workers achieved is written down all the same, if it can be.
            with suppress(Exception):
                self._drain()
            raise
        self._drain()
        units = self._lease.units.values()
        written = sum(unit.written for unit in units)
        if all(unit.done for unit in units):
            return Result("finished", self._counts, written=written)
        ended = self._ended() or ("stopped", self._stop.reason)
        return Result(ended[0], self._counts, ended[1], written)

    def _ended(self) -> tuple[Ended, str] | None:
        options = self._options
        if options.limit_bad is not None and self._counts.bad >= options.limit_bad:
            return "too many bad", f"{self._counts.bad:,} bad items were found"
        if options.max_seconds is not None and self._left() <= 0:
            return "out of time", f"its time is over ({options.max_seconds:g} s)"
        if self._stop.is_set:
            return "stopped", self._stop.reason
        return None

    def _left(self) -> float:
        """Seconds until the run has to end."""
        if self._options.max_seconds is None:
            return float("inf")
        return self._began + self._options.max_seconds - time.monotonic()

    def _dispatch(self) -> float:
        """Hand out what can be handed out; the seconds to wait before more can be."""
        while self._pending and len(self._under_way) < self._options.workers:
            pause = self._budget.wait()
            if pause > 0:
                return pause
            bad = self._allowance()
            if bad == 0 or self._remaining() < _SHORTEST:
                return _TICK
            unit = self._pending.popleft()
            grant = self._budget.grant(self._options.workers)
            try:
                future = self._crew.submit(self._slice(unit, grant, bad))
            except RuntimeError as error:
                raise BackfillError(f"the executor takes no more work: {error}") from error
            self._under_way[future] = Errand(unit, grant, bad)
        return _TICK

    def _allowance(self) -> int | None:
        """How many bad items the next slice may find; 0: wait for what others leave; None: any.

        What is left is shared out, and at least one for each worker, so that a run ends with at most
        one less than its workers beyond its limit.
        """
        if self._options.limit_bad is None:
            return None
        out = sum(errand.bad or 0 for errand in self._under_way.values())
        left = self._options.limit_bad - self._counts.bad - out
        if left > 0:
            return ceil(left / (self._options.workers - len(self._under_way)))
        return 1 if out == len(self._under_way) else 0

    def _slice(self, unit: Unit, grant: Grant, bad: int | None) -> Slice:
        options = self._options
        # Threads of this process keep to the caps together, workers elsewhere each to a part of them.
        siblings = workers = 1
        if self._crew.remote:
            workers = options.workers
            if unit.range is not None:
                siblings = sum(_beside(unit, other) for other in self._lease.units.values())
        return Slice(
            unit=unit,
            table=self._table,
            seconds=min(options.slice_seconds, max(self._left(), 0.05), self._remaining())
            + self._request_timeout,
            request_timeout=self._request_timeout,
            wcu=grant.wcu,
            rcu=grant.rcu,
            key_cap=options.key_cap / min(max(1, siblings), options.workers),
            # Items of one index key lie in all segments, so that every worker may write to it.
            index_cap=options.key_cap / workers,
            bad=bad,
            form=self._form,
            write=options.write,
            rcu_per_item=self._rcu_per_item,
            wcu_per_write=self._wcu_per_write,
            trust=options.trust_capacity,
            heavy=options.heavy if self._table.range is not None else 2**62,
            page=options.page,
        )

    def _collect(self, timeout: float) -> None:
        """Take the reports that are there, waiting at most `timeout` seconds for one."""
        if not self._under_way:
            self._stop.wait(min(timeout, _TICK))
            return
        done, _ = wait(self._under_way, min(timeout, _TICK), FIRST_COMPLETED)
        for future in done:
            self._take(future)

    def _drain(self) -> None:
        """Wait for what is under way, and write its checkpoints as well as they can be."""
        self._stop.set(self._stop.reason or "the run ends")
        # Not every executor elsewhere knows whether a slice has begun, and what it has done is wanted.
        begun = [f for f in self._under_way if self._crew.remote or not f.cancel()]
        wait(begun, self._options.slice_seconds + self._request_timeout + _GRACE)
        for future in list(self._under_way):
            if future.done() and not future.cancelled():
                self._take(future)

    def _take(self, future: Future[Any]) -> None:
        errand = self._under_way.pop(future)
        try:
            report = Crew.report_of(future.result())
        except KxError:
            raise
        except Exception as error:
            if not self._crew.remote:
                raise
            if isinstance(error, BrokenExecutor) and not self._crew.renews:
                raise BackfillError(f"the executor lost its workers: {error}") from error
            # The grant of a worker that was lost stays spent; its unit is done again.
            self._again(errand.unit, f"{type(error).__name__}: {error}")
            return
        self._budget.settle(errand.grant, report.wcu, report.rcu)
        self._wcu += report.wcu
        self._rcu += report.rcu
        self._rcu_per_item, self._wcu_per_write = report.rcu_per_item, report.wcu_per_write
        self._adapt(report)
        self._checkpoint(errand.unit, report)

    def _checkpoint(self, unit: Unit, report: Report) -> None:
        advanced = unit.advanced(report.cursor, report.done, report.counts, report.written)
        if self._bad is not None:
            # On disk before it is counted: what a crash leaves over is removed on resuming.
            self._bad.add(unit.name, report.bad)
        units = [advanced]
        if not report.done and self._is_heavy(unit, report):
            units = self._split(advanced)
        elif advanced.range is not None and self._worth_cutting(advanced, report):
            units = self._halve(advanced)
        if report.done or report.cursor != unit.cursor or report.counts != Counts():
            self._lease.record(*units)
            self._strikes[unit.name] = 0
            self._counts += report.counts
            for row in report.bad:
                self._events(BadItemFound(row))
            self._pending.extend(one for one in units if not one.done)
        else:
            self._again(unit, report.trouble)
        self._tell()

    def _again(self, unit: Unit, reason: str) -> None:
        """Put a unit back that got nowhere; too often, and the run ends."""
        if self._stop.is_set:
            return
        self._strikes[unit.name] += 1
        if self._strikes[unit.name] >= self._options.attempts:
            raise BackfillError(
                f"{self._table.name}: {unit.name} made no progress in {self._options.attempts} "
                f"attempts: {reason or 'no reason is known'}"
            )
        self._pending.append(unit)

    def _is_heavy(self, unit: Unit, report: Report) -> bool:
        """Whether a segment stands amid a heavy partition key, in this slice or over several."""
        if unit.range is not None or self._table.range is None or report.cursor is None:
            return False
        name = self._table.hash
        if unit.cursor is not None and same(unit.cursor[name], report.cursor[name]):
            self._in_one_key[unit.name] += report.counts.scanned
        else:
            self._in_one_key[unit.name] = 0
        return report.heavy or self._in_one_key[unit.name] >= self._options.heavy

    def _split(self, unit: Unit) -> list[Unit]:
        """The unit behind the heavy partition key it stands in, and the rest of that key in ranges."""
        assert self._table.range is not None
        assert unit.cursor is not None
        hash_value = unit.cursor[self._table.hash]
        reader = Reader(self._client, self._table, ())
        try:
            last = reader.last_of({self._table.hash: hash_value})
        except (ClientError, BotoCoreError) as error:
            if not understand(error).retryable:
                raise
            return [unit]
        if last is None:
            return [unit]
        # What is added behind the last item meanwhile is still ahead of the unit itself.
        whole = KeyRange(hash_value, unit.cursor[self._table.range], last[self._table.range])
        if between(whole.after, whole.through) is None:
            return [unit]
        ranges = cut(whole, min(2 * self._options.workers, _MOST_PARTS))
        taken = len(self._lease.units)
        parts = [Unit(f"range-{taken + n:05d}", range=one) for n, one in enumerate(ranges)]
        self._events(PartitionSplit(len(parts)))
        return [replace(unit, cursor=self._table.key_of(last)), *parts]

    def _worth_cutting(self, unit: Unit, report: Report) -> bool:
        idle = len(self._pending) + len(self._under_way) < self._options.workers * _PLENTY
        return idle and not unit.done and report.counts.scanned >= _WORTH_CUTTING

    def _halve(self, unit: Unit) -> list[Unit]:
        """A range in two, since there are workers without work."""
        assert unit.range is not None
        assert self._table.range is not None
        if unit.cursor is None:
            return [unit]
        rest = KeyRange(unit.range.hash, unit.cursor[self._table.range], unit.range.through)
        halves = cut(rest, 2)
        if len(halves) < 2:
            return [unit]
        near, far = halves
        shorter = replace(unit, range=replace(unit.range, through=near.through))
        return [shorter, Unit(f"range-{len(self._lease.units):05d}", range=far)]

    def _adapt(self, report: Report) -> None:
        if report.throttled_reads or report.throttled_writes:
            self._budget.throttled(bool(report.throttled_reads), bool(report.throttled_writes))
        else:
            self._budget.quiet()
        rates = self._budget.rates
        if rates != self._rates:
            self._rates = rates
            self._events(RateChanged(*rates))

    def _tell(self) -> None:
        units = self._lease.units.values()
        done = sum(unit.done for unit in units)
        self._events(
            Progress(self._counts, done, len(units), self._table.items, self._wcu, self._rcu)
        )


def _beside(unit: Unit, other: Unit) -> bool:
    """Whether an open range is of the same partition key, `unit` itself included."""
    if other.done or other.range is None or unit.range is None:
        return False
    return same(other.range.hash, unit.range.hash)
