"""What one worker sends, and when it sends nothing more; by a clock that the test turns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kxmodel.migrate.backfill.slice import Report, Slice
from kxmodel.migrate.backfill.table import TableFacts
from kxmodel.migrate.backfill.unit import Unit
from kxmodel.migrate.backfill.worker import Worker
from kxmodel.testing.faults import Errors
from tests.migrate.backfill.bench import TASK, message
from tests.migrate.backfill.moving import LOWER, mixed
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


class Moving(Table):
    """One whose items can be moved; refused: the writers are quicker each time."""

    def __init__(self, clock: Turned, items: list[dict[str, Any]], refused: bool) -> None:
        super().__init__(clock, items, 0.0)
        self.refused = refused
        self.moves = 0

    def get_item(self, **request: Any) -> dict[str, Any]:
        self._answer()
        key = request["Key"]
        found = [i for i in self._items if all(i[n] == v for n, v in key.items())]
        return {"Item": found[0]} if found else {}

    def transact_write_items(self, **request: Any) -> dict[str, Any]:
        self._answer()
        self.moves += 1
        if not self.refused:
            return {}
        reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed"}]
        raise Errors().make(
            "transact_write_items",
            "TransactionCanceledException",
            members={"CancellationReasons": reasons},
        )


def work(clock: Turned, table: Any, task: Any = TASK, **more: Any) -> Report:
    given = {"seconds": 10.0, "request_timeout": TIMEOUT, "page": 40, "key_cap": 1e9}
    facts = more.pop("facts", FACTS)
    slice_ = Slice(Unit("segment-00000"), facts, **{**given, "index_cap": 1e9, **more})
    return Worker(task, table, clock).run(slice_)


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


@pytest.mark.parametrize(("granted", "moves"), [(1.0, 1), (8.0, 2), (30.0, 8)])
def test_a_grant_is_overdrawn_by_one_move_at_most(granted: float, moves: int) -> None:
    """Each takes four units; whoever comes next pays for what was overdrawn."""
    table = Moving(Turned(), [mixed(n) for n in (1, 2, 4, 5, 7, 8, 10, 11, 13, 14)], False)
    report = work(Turned(), table, LOWER, wcu=granted, wcu_per_write=4.0)
    assert table.moves == report.counts.updated == moves
    assert report.wcu == 4.0 * moves


def test_a_move_that_fails_on_its_condition_counts_too() -> None:
    table = Moving(Turned(), [mixed(n) for n in (1, 2, 4)], True)
    report = work(Turned(), table, LOWER, wcu=8.0, wcu_per_write=4.0)
    assert report.counts.failed == 1, "it is seen through, and no other is begun"
    assert report.wcu == 4.0 * table.moves


def test_an_index_key_that_is_no_key_holds_up_no_move() -> None:
    """A list where an index has its partition key: the item is in no such index."""
    facts = replace(FACTS, index_hashes=("GSI1PK", "tags"), index_keys=(("GSI1PK",), ("tags",)))
    table = Moving(Turned(), [mixed(1, GSI1PK={"L": []})], False)
    assert work(Turned(), table, LOWER, facts=facts).counts.updated == 1
