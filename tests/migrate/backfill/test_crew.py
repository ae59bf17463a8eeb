"""Units on other executors than the engine's own threads."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Counts, Progress
from kxmodel.migrate.client import ClientSettings
from tests.migrate.backfill.bench import TASK, Bench, expected, shuffled

FRESH = multiprocessing.get_context("spawn")


def settings(bench: Bench) -> ClientSettings:
    return ClientSettings(endpoint_url=bench.engine.endpoint_url)


def complete(bench: Bench, items: list[dict[str, Any]]) -> bool:
    return bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def test_processes_get_nothing_but_json(bench: Bench) -> None:
    items = shuffled(300)
    bench.create(items)
    with ProcessPoolExecutor(2, FRESH) as pool:
        result = bench.run(TASK.spec, executor=pool, settings=settings(bench))
    assert result.counts == Counts(scanned=300, updated=300)
    assert complete(bench, items)


def test_any_threads_will_do(bench: Bench) -> None:
    bench.create(shuffled(50))
    with ThreadPoolExecutor(2) as pool:
        assert bench.run(executor=pool).counts.updated == 50


def test_an_object_cannot_travel(bench: Bench) -> None:
    bench.create()
    with ProcessPoolExecutor(1, FRESH) as pool, pytest.raises(BackfillError, match="KX623"):
        bench.run(executor=pool, settings=settings(bench))


def test_a_killed_worker_loses_nothing(bench: Bench) -> None:
    items = shuffled(2000)
    bench.create(items)
    with ProcessPoolExecutor(2, FRESH) as pool:

        def kill(event: Any) -> None:
            if isinstance(event, Progress) and event.counts.scanned:
                os.kill(next(iter(pool._processes)), signal.SIGKILL)

        with pytest.raises(BackfillError, match="KX620"):
            bench.run(
                TASK.spec,
                executor=pool,
                settings=settings(bench),
                events=kill,
                page=20,
                slice_seconds=0.1,
            )
    result = bench.run(TASK.spec)
    assert result.finished
    assert result.counts.balanced
    assert result.counts.scanned == 2000
    assert complete(bench, items)
