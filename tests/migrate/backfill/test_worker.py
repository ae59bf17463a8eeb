"""What one worker sends, and when it sends nothing more; by a clock that the test turns."""

from __future__ import annotations

from typing import Any

import pytest

from kxmodel.migrate.backfill.slice import Report, Slice
from kxmodel.migrate.backfill.table import TableFacts
from kxmodel.migrate.backfill.unit import Unit
from kxmodel.migrate.backfill.worker import Worker
from tests.migrate.backfill.bench import TASK, message
from tests.migrate.clocks import Turned

FACTS = TableFacts("messages", "contact_pk", "ts")
TIMEOUT = 3.0


class Table:
    """A table that answers each request after so many seconds, and remembers when it was sent."""

    def __init__(self, clock: Turned, items: list[dict[str, Any]], takes: float) -> None:
        self._clock = clock
        self._items = items
        self._takes = takes
        self.sent: list[float] = []

    def _answer(self) -> None:
        self.sent.append(self._clock.monotonic())
        self._clock.turn(self._takes)

    def scan(self, **request: Any) -> dict[str, Any]:
        self._answer()
        start = request.get("ExclusiveStartKey", {}).get("ts", {}).get("S", "")
        rest = [item for item in self._items if item["ts"]["S"] > start]
        page = rest[: request["Limit"]]
        last = {n: page[-1][n] for n in FACTS.keys} if len(rest) > len(page) else None
        return {"Items": page, **({"LastEvaluatedKey": last} if last else {})}

    def update_item(self, **request: Any) -> dict[str, Any]:
        self._answer()
        return {}


def work(clock: Turned, table: Any, **more: Any) -> Report:
    given = {"seconds": 10.0, "request_timeout": TIMEOUT, "page": 40, "key_cap": 1e9}
    slice_ = Slice(Unit("segment-00000"), FACTS, **{**given, "index_cap": 1e9, **more})
    return Worker(TASK, table, clock).run(slice_)


@pytest.mark.parametrize("takes", [0.02, 0.4, 1.1, TIMEOUT])
def test_nothing_is_sent_that_could_outlive_the_lease(takes: float) -> None:
    clock = Turned()
    lease_ends = clock.monotonic() + 10.0
    table = Table(clock, [message(n) for n in range(2000)], takes)
    report = work(clock, table)
    assert not report.done
    assert max(table.sent) < lease_ends - TIMEOUT
    assert max(table.sent) + TIMEOUT < lease_ends, "even one that takes as long as it may"


def test_waiting_ends_before_that_too() -> None:
    clock = Turned()
    lease_ends = clock.monotonic() + 10.0
    table = Table(clock, [message(n, contacts=1) for n in range(2000)], 0.0)
    work(clock, table, key_cap=25.0)
    assert clock.slept
    assert clock.monotonic() <= lease_ends - TIMEOUT


@pytest.mark.parametrize("allowed", [1, 7, 30])
def test_a_worker_finds_no_more_bad_items_than_it_may(allowed: int) -> None:
    clock = Turned()
    items = [message(n, lead_id={"L": []}) if n % 2 else message(n) for n in range(200)]
    report = work(clock, Table(clock, items, 0.001), bad=allowed)
    assert report.counts.bad == len(report.bad) == allowed
    assert report.counts.balanced
    assert report.cursor is not None
    assert report.counts.scanned == 2 * allowed
