"""A whole run, on each engine and by both write paths."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Budget, Counts, Progress
from tests.migrate.backfill.bench import Bench, Spy, expected, message, shuffled

ITEMS = 120


@pytest.mark.parametrize("path", ["auto", "update"])
def test_every_item_gets_its_keys_and_nothing_else_changes(any_bench: Bench, path: str) -> None:
    items = shuffled(ITEMS)
    any_bench.create(items)
    result = any_bench.run(path=path)
    assert result.finished
    stored = any_bench.items()
    assert stored == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}
    counts = result.counts
    assert counts.balanced
    changed = sum(expected(i) != i for i in items)
    assert (counts.scanned, counts.updated, counts.already) == (ITEMS, changed, ITEMS - changed)


def test_both_write_paths_leave_one_table(any_bench: Bench) -> None:
    items = shuffled(ITEMS)
    other = any_bench.prefix + "other"
    any_bench.create(items)
    any_bench.create(items, other)
    assert any_bench.run(path="update", table=other, run="other").finished
    if any_bench.engine.quirks.partiql_conditions:
        assert any_bench.run(path="partiql").finished
        assert any_bench.items() == any_bench.items(other)
    else:
        with pytest.raises(BackfillError, match="live writes would be lost"):
            any_bench.run(path="partiql")


def test_a_second_run_writes_nothing(bench: Bench) -> None:
    bench.create(shuffled(ITEMS))
    bench.run()
    sent: list[str] = []

    def see(name: str, request: dict[str, Any]) -> None:
        if "kxmodel probe" not in str(request):
            sent.append(name)

    again = bench.run(run="again", client=Spy(bench.client, see))
    assert again.counts == Counts(scanned=ITEMS, already=ITEMS)
    assert set(sent) == {"describe_table", "scan"}


def test_a_finished_run_that_is_run_again_reads_nothing(bench: Bench) -> None:
    bench.create(shuffled(ITEMS))
    first = bench.run()
    bench.create((), bench.prefix + "unused")
    assert bench.run(client=Spy(bench.client, _no_scan)) == first


def _no_scan(name: str, request: dict[str, Any]) -> None:
    assert name != "scan"


@pytest.mark.parametrize("path", ["auto", "update"])
def test_the_rate_stays_in_its_budget_failed_conditions_included(bench: Bench, path: str) -> None:
    """Each write's condition fails once, since another writer is always quicker."""
    items = shuffled(150)
    bench.create(items)
    sent: list[tuple[float, int]] = []
    touched: set[str] = set()

    def see(name: str, request: dict[str, Any]) -> Any:
        if name not in ("batch_execute_statement", "update_item") or "kxmodel" in str(request):
            return None
        statements = request.get("Statements", [request])
        sent.append((time.monotonic(), len(statements)))
        for item in items:
            if item["ts"]["S"] in str(statements) and item["ts"]["S"] not in touched:
                touched.add(item["ts"]["S"])
                key = {"contact_pk": item["contact_pk"], "ts": item["ts"]}
                item["lead_id"] = {"S": "changed"}
                bench.client.update_item(
                    TableName=bench.table,
                    Key=key,
                    UpdateExpression="SET lead_id = :l",
                    ExpressionAttributeValues={":l": item["lead_id"]},
                )
        return None

    budget = Budget(max_wcu=80)
    began = time.monotonic()
    result = bench.run(client=Spy(bench.client, see), budget=budget, path=path)
    assert result.counts == Counts(scanned=150, updated=150)
    writes = sum(count for _, count in sent)
    assert writes >= 300, "every write failed once and was charged"
    slack = 2 * (25 + 25)  # what the last batches of two workers overdraw
    for moment, _ in sent:
        by_then = sum(count for then, count in sent if then <= moment)
        assert by_then <= 80 * (moment - began + 1) + slack


def test_the_rate_can_be_changed_from_outside(bench: Bench) -> None:
    bench.create(shuffled(300))
    budget = Budget(max_wcu=0.5)
    faster = threading.Timer(0.5, budget.set, (None, None))
    faster.start()
    began = time.monotonic()
    assert bench.run(budget=budget).finished
    assert time.monotonic() - began < 300, "at half a unit a second it would take ten minutes"


def test_progress_ends_with_all_units_done(bench: Bench) -> None:
    bench.create([message(n) for n in range(30)])
    seen: list[Progress] = []
    bench.run(events=lambda e: seen.append(e) if isinstance(e, Progress) else None)
    assert seen[-1].done == seen[-1].units == 5
    assert seen[-1].counts.scanned == 30
    assert seen[-1].wcu > 0
