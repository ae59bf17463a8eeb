"""One worker: takes a slice, reads, judges and writes, and says how far it came."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill.bad import BadItem
from kxmodel.migrate.backfill.change import Change, fate_of
from kxmodel.migrate.backfill.counts import Counts
from kxmodel.migrate.backfill.means import Means
from kxmodel.migrate.backfill.outcome import understand
from kxmodel.migrate.backfill.pace import KeyCaps
from kxmodel.migrate.backfill.scan import Reader
from kxmodel.migrate.backfill.slice import Report, Slice
from kxmodel.migrate.backfill.spending import Spending
from kxmodel.migrate.backfill.statement import MAX_STATEMENTS
from kxmodel.migrate.backfill.write import Writer
from kxmodel.migrate.clock import SystemClock
from kxmodel.migrate.holder import host, tool
from kxmodel.migrate.tasks.equal import same

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.scan import Page
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.tasks.task import Item, Task

#: So many bad items end a slice, so that a report stays small.
_BAD_AT_ONCE: Final = 500

#: Threads of one worker process share what is made.
_MAKING: Final = Lock()


class Worker:
    """A task and a client, ready for slices. Safe for threads if the client is."""

    def __init__(
        self,
        task: Task,
        client: DynamoClient,
        clock: Clock | None = None,
        stop: StopSignal | None = None,
    ) -> None:
        self._task = task
        self._client = client
        self._clock = clock or SystemClock()
        self._stop = stop
        self._caps = KeyCaps(self._clock)

    def run(self, slice_: Slice) -> Report:
        """Work until the unit is done, or the time, the grant or the patience is spent.

        Raises BackfillError KX625 where DynamoDB refuses every request.
        """
        return _Run(self._task, self._client, slice_, self._clock, self._stop, self._caps).run()


class _Run:
    def __init__(
        self,
        task: Task,
        client: DynamoClient,
        slice_: Slice,
        clock: Clock,
        stop: StopSignal | None,
        caps: KeyCaps,
    ) -> None:
        self._task = task
        self._slice = slice_
        self._spending = Spending(slice_, clock, stop)
        self._reader = Reader(client, slice_.table, task.reads)
        means = Means(client, task, slice_, self._reader, self._spending, caps)
        self._writer = Writer(means)
        # Up to the watermark.
        self._cursor = slice_.unit.cursor
        self._counts = Counts()
        self._bad: list[BadItem] = []
        self._written = 0
        # Behind it.
        self._tally: Counter[str] = Counter()
        self._open_bad: list[BadItem] = []
        self._changes: list[Change] = []
        self._passed: list[Item] = []
        self._problems = 0
        self._run_length = 0
        self._run_key: Item | None = None

    def run(self) -> Report:
        done = False
        while not done and not self._spending.exhausted and not self._heavy:
            if self._enough_bad:
                break
            page = self._next_page()
            if page is None or not self._work(page):
                break
            done = page.next is None
            if page.next is not None and not page.items:
                self._cursor = page.next
        return self._report(done)

    @property
    def _heavy(self) -> bool:
        return self._run_length >= self._slice.heavy and self._slice.unit.range is None

    @property
    def _enough_bad(self) -> bool:
        allowed = _BAD_AT_ONCE if self._slice.bad is None else self._slice.bad
        return len(self._bad) + self._problems >= min(allowed, _BAD_AT_ONCE)

    def _next_page(self) -> Page | None:
        """The next page, or None where the time ran out before one was had."""
        attempt = 0
        while not self._spending.out_of_time:
            try:
                page = self._reader.page(self._slice.unit, self._cursor, self._limit())
            except (ClientError, BotoCoreError) as error:
                trouble = understand(error)
                if not trouble.retryable:
                    raise BackfillError(
                        f"{self._slice.table.name}: {trouble.message}", code="KX625"
                    ) from error
                self._spending.note(trouble, reading=True)
                self._spending.back_off(attempt)
                attempt += 1
                continue
            self._spending.read(len(page.items), page.rcu)
            return page
        return None

    def _limit(self) -> int:
        """As many items as the grant is likely to pay for: reading one twice costs as well."""
        limit = float(self._slice.page)
        if self._slice.rcu is not None:
            limit = min(limit, (self._slice.rcu - self._spending.rcu) / self._spending.rcu_per_item)
        if self._slice.wcu is not None and self._slice.write:
            left = (self._slice.wcu - self._spending.wcu) / self._spending.wcu_per_write
            limit = min(limit, max(left, MAX_STATEMENTS))
        return max(1, int(limit))

    def _work(self, page: Page) -> bool:
        """All of a page; False where time or capacity ran out amid it: the watermark says where."""
        for item in page.items:
            self._judge(item)
            # A move that was made is found nowhere behind the cursor: it is counted at once.
            moving = bool(self._changes) and self._changes[-1].verdict.moved is not None
            enough = self._enough_bad
            full = enough or moving or len(self._changes) >= MAX_STATEMENTS
            if full and (not self._flush() or enough or self._spending.overdrawn(moving)):
                return False
        return not page.items or self._flush()

    def _judge(self, item: Item) -> None:
        verdict = self._task.judge(item)
        key = self._slice.table.key_of(item)
        hash_value = key[self._slice.table.hash]
        if self._run_key is not None and same(self._run_key[self._slice.table.hash], hash_value):
            self._run_length += 1
        else:
            self._run_key, self._run_length = key, 1
        self._passed.append(key)
        self._tally["scanned"] += 1
        self._problems += verdict.problem is not None
        if verdict.writes and self._slice.write:
            self._changes.append(Change(key, verdict))
            return
        self._tally["failed" if verdict.kind == "change" else fate_of(verdict)] += 1
        if verdict.problem is not None:
            self._open_bad.append(BadItem.of(key, verdict.problem))

    def _flush(self) -> bool:
        """Settle what is to be written, and move the watermark to the last item that is still there.

        Behind one that is not, some engines find nothing more; what is between the two is gone.
        """
        # One item twice in a batch is refused; an endpoint under fault may hand one out twice.
        distinct: dict[str, Change] = {repr(c.key): c for c in self._changes}
        self._tally["already"] += len(self._changes) - len(distinct)
        ends = self._writer.settle(list(distinct.values()))
        if ends is None:
            return False
        for end in ends:
            self._tally[end.fate] += 1
            if end.problem is not None:
                self._open_bad.append(BadItem.of(end.key, end.problem))
        self._counts += Counts(**self._tally)
        self._bad += self._open_bad
        self._written += sum(end.written for end in ends)
        away = {repr(end.key) for end in ends if not end.there}
        there = (key for key in reversed(self._passed) if not away or repr(key) not in away)
        self._cursor = next(there, self._cursor)
        self._tally, self._open_bad, self._changes, self._problems = Counter(), [], [], 0
        self._passed = []
        return True

    def _report(self, done: bool) -> Report:
        spending = self._spending
        return Report(
            cursor=self._cursor,
            done=done,
            counts=self._counts,
            bad=tuple(self._bad),
            written=self._written,
            wcu=spending.wcu,
            rcu=spending.rcu,
            throttled_reads=spending.throttled_reads,
            throttled_writes=spending.throttled_writes,
            hot=spending.hot,
            heavy=self._heavy and not done,
            trouble=spending.trouble,
            rcu_per_item=spending.rcu_per_item,
            wcu_per_write=spending.wcu_per_write,
        )


def run_remote(text: str) -> str:
    """A slice in another process: JSON with the task, the client and the slice, answered in JSON.

    What an executor is handed; the task and the client are made here and kept for the next slice.
    Raises BackfillError KX632 where this is another version of kxmodel, whatever the task's spec
    raises, and as `Worker.run`.
    """
    body = json.loads(text)
    if body["tool"] != tool():
        raise BackfillError(
            f"kxmodel is {tool()} on {host()}, and the run is of {body['tool']}", code="KX632"
        )
    with _MAKING:
        worker = _worker(json.dumps(body["task"]), json.dumps(body["client"]))
    report = worker.run(Slice.from_json(body["slice"]))
    return json.dumps(report.to_json(), default=str)


@lru_cache(maxsize=8)
def _worker(task: str, client: str) -> Worker:
    from kxmodel.migrate.client import ClientSettings, make
    from kxmodel.migrate.tasks.spec import TaskSpec

    made = cast("DynamoClient", make(ClientSettings(**json.loads(client))))
    return Worker(TaskSpec.from_json(json.loads(task)).load(), made)
