"""A whole run, on each engine and by both write paths."""

from __future__ import annotations

import pytest

from kxmodel.migrate.backfill import Progress
from tests.migrate.backfill.bench import Bench, expected, message, shuffled

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
    if any_bench.engine.name == "moto":
        pytest.skip("PartiQL conditions do not work there, so that there is one path only")
    items = shuffled(ITEMS)
    other = any_bench.prefix + "other"
    any_bench.create(items)
    any_bench.create(items, other)
    assert any_bench.run(path="partiql").finished
    assert any_bench.run(path="update", table=other, run="other").finished
    assert any_bench.items() == any_bench.items(other)


def test_a_second_run_writes_nothing(bench: Bench) -> None:
    bench.create(shuffled(ITEMS))
    bench.run()
    again = bench.run(run="again")
    assert (again.counts.updated, again.counts.already) == (0, ITEMS)


def test_progress_ends_with_all_units_done(bench: Bench) -> None:
    bench.create([message(n) for n in range(30)])
    seen: list[Progress] = []
    bench.run(events=lambda e: seen.append(e) if isinstance(e, Progress) else None)
    assert seen[-1].done == seen[-1].units == 5
    assert seen[-1].counts.scanned == 30
    assert seen[-1].wcu > 0
