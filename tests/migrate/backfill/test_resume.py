"""A run that ends early, in whatever way, goes on where it stopped and loses nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from kxmodel.migrate.backfill import Counts, Ledger, StopSignal
from tests.migrate.backfill.bench import SPEC, Bench, Spy, expected, message, shuffled

ROOT = Path(__file__).parents[3]


def bad(number: int) -> dict[str, Any]:
    return message(number, lead_id={"L": []})


def complete(bench: Bench, items: list[dict[str, Any]]) -> bool:
    return bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


@pytest.mark.parametrize("path", ["auto", "update"])
@pytest.mark.parametrize("good", [0, 1, 3, 7])
def test_a_checkpoint_never_passes_what_is_not_acknowledged(
    bench: Bench, path: str, good: int
) -> None:
    """After some writes none gets through any more: all up to the recorded cursor is done."""
    items = shuffled(240, contacts=5)
    bench.create(items)
    writes: list[str] = []
    stop, most = StopSignal(), good * (1 if path == "auto" else 25)

    def blocked(name: str, request: dict[str, Any]) -> None:
        if name in ("batch_execute_statement", "update_item") and "kxmodel" not in str(request):
            writes.append(name)
            if len(writes) > most + 3:
                stop.set("it was tried often enough")
            if len(writes) > most:
                raise ReadTimeoutError(endpoint_url="http://dynamodb")

    stopped = bench.run(
        client=Spy(bench.client, blocked),
        path=path,
        page=40,
        segments=1,
        slice_seconds=60.0,
        stop=stop,
    )
    assert stopped.ended == "stopped"
    lease = bench.ledger.open("run", f"{bench.table} {SPEC.digest}", 1)
    (unit,) = lease.units.values()
    behind = []
    for item in bench.items().values() if unit.cursor else ():
        behind.append(item)
        if all(item[name] == value for name, value in (unit.cursor or {}).items()):
            break
    assert len(behind) == unit.counts.scanned == unit.counts.updated
    assert all(item == expected(item) for item in behind)
    assert (good == 0) == (not behind)


def test_stop_is_clean_and_the_run_goes_on(bench: Bench) -> None:
    items = shuffled(300)
    bench.create(items)
    stop, pages = StopSignal(), []

    def after_a_while(name: str, request: dict[str, Any]) -> None:
        if name == "scan" and "Segment" in request:
            pages.append(request)
            if len(pages) == 10:
                stop.set("SIGTERM")

    first = bench.run(client=Spy(bench.client, after_a_while), stop=stop, page=10)
    assert (first.ended, first.reason) == ("stopped", "SIGTERM")
    # Each of the two workers ends with the page that it has.
    assert 80 <= first.counts.scanned <= 110
    second = bench.run()
    assert second.finished
    assert second.counts == Counts(scanned=300, updated=300)
    assert complete(bench, items)


def test_a_run_ends_in_time(bench: Bench) -> None:
    items = shuffled(400)
    bench.create(items)

    def slow(name: str, request: dict[str, Any]) -> None:
        if name == "scan":
            time.sleep(0.05)

    first = bench.run(client=Spy(bench.client, slow), max_seconds=0.5, page=5)
    assert first.ended == "out of time"
    assert first.counts.scanned < 400
    rounds = 1
    while not bench.run(client=Spy(bench.client, slow), max_seconds=1.0, page=20).finished:
        rounds += 1
        assert rounds < 100
    assert complete(bench, items)


def test_bad_items_are_reported_once_and_left_alone(bench: Bench, tmp_path: Path) -> None:
    items = [bad(n) if n % 4 == 0 else message(n) for n in range(40)]
    bench.create(items)
    report = tmp_path / "bad.jsonl"
    result = bench.run(report=report)
    assert result.counts == Counts(scanned=40, updated=30, bad=10)
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert len(rows) == 10
    assert {(r["key"]["contact_pk"], r["key"]["ts"]) for r in rows} == {
        (i["contact_pk"]["S"], i["ts"]["S"]) for i in items if "L" in i.get("lead_id", {})
    }
    assert {(row["path"], row["code"], row["value"]) for row in rows} == {
        ("lead_id", "KX324", "'[]'")
    } or rows[0]["value"]
    for item in bench.items().values():
        assert item["GSI1PK"] == item["tenantId"], "the other index has its key all the same"


@pytest.mark.parametrize(("limit", "workers"), [(1, 1), (1, 4), (5, 2), (40, 4), (97, 3)])
def test_a_limit_of_bad_items_ends_the_run(bench: Bench, limit: int, workers: int) -> None:
    bench.create([bad(n) for n in range(200)])
    result = bench.run(limit_bad=limit, workers=workers)
    assert result.ended == "too many bad"
    assert limit <= result.counts.bad < limit + workers
    assert result.counts.balanced


def test_nothing_is_handed_out_that_the_lease_leaves_no_time_for(bench: Bench) -> None:
    items = shuffled(100)
    bench.create(items)
    left = [0.0]
    sent: list[float] = []

    def watched(name: str, request: dict[str, Any]) -> None:
        if name == "scan":
            sent.append(left[0])

    def remaining() -> float:
        left[0] += 0.1  # a heartbeat got through
        return left[0]

    assert bench.run(client=Spy(bench.client, watched), remaining=remaining).finished
    assert min(sent) > 0.2
    assert complete(bench, items)


def test_what_a_crash_left_in_the_report_is_removed(bench: Bench, tmp_path: Path) -> None:
    bench.create([bad(n) for n in range(30)])
    report = tmp_path / "bad.jsonl"

    def crash(name: str, request: dict[str, Any]) -> None:
        if name == "transact_write_items":
            raise MemoryError("after the report, before the checkpoint")

    ledger = Ledger(Spy(bench.client, crash), f"{bench.prefix}kxmodel_ledger")
    with pytest.raises(MemoryError):
        bench.run(ledger=ledger, report=report)
    with report.open("a") as file:
        file.write('{"unit": "segment-0000')
    assert bench.run(report=report).counts.bad == 30
    keys = [json.dumps(json.loads(line)["key"]) for line in report.read_text().splitlines()]
    assert len(keys) == len(set(keys)) == 30


def test_a_process_killed_at_any_moment_loses_nothing(bench: Bench, tmp_path: Path) -> None:
    items = [bad(n) if n % 50 == 0 else message(n) for n in range(3000)]
    bench.create(items)
    report = tmp_path / "bad.jsonl"
    command = [sys.executable, "-m", "tests.migrate.backfill.victim", bench.engine.endpoint_url]
    chance = random.Random(7)
    for _ in range(5):
        process = subprocess.Popen(
            [*command, bench.prefix, str(report)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.8))
        process.kill()
        process.communicate()
    result = bench.run(segments=6, report=report)
    assert result.finished
    assert result.counts.balanced
    assert (result.counts.scanned, result.counts.bad) == (3000, 60)
    stored = bench.items()
    assert len(stored) == 3000
    for item in items:
        if "L" not in item.get("lead_id", {}):
            assert stored[item["contact_pk"]["S"], item["ts"]["S"]] == expected(item)
    assert len(report.read_text().splitlines()) == 60
    again = bench.run(run="again", segments=6)
    assert again.counts == Counts(scanned=3000, already=2940, bad=60)
