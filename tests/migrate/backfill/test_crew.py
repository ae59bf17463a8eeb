"""Units on other executors than the engine's own threads."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, NoReturn

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Counts, Processes, Progress
from kxmodel.migrate.client import ClientSettings
from kxmodel.migrate.tasks import TaskSpec
from tests.migrate.backfill.bench import Bench, expected, shuffled
from tests.waiting import wait_for

FRESH = multiprocessing.get_context("spawn")


def settings(bench: Bench) -> ClientSettings:
    return ClientSettings(endpoint_url=bench.engine.endpoint_url)


def complete(bench: Bench, items: list[dict[str, Any]]) -> bool:
    return bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Threads(ThreadPoolExecutor):
    """Threads that keep the slices they were given."""

    def __init__(self) -> None:
        super().__init__(2)
        self.sent: list[Any] = []

    def submit(self, function: Any, slice_: Any) -> Any:  # type: ignore[override]
        self.sent.append(slice_)
        return super().submit(function, slice_)


class Foreign:
    """An executor of which nothing is known."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._threads = ThreadPoolExecutor(2)

    def submit(self, function: Any, text: str) -> Future[str]:
        self.sent.append(text)
        return self._threads.submit(function, text)


def test_any_executor_gets_nothing_but_json(bench: Bench) -> None:
    items = shuffled(300)
    bench.create(items)
    executor = Foreign()
    result = bench.run(executor=executor, settings=settings(bench))
    assert result.counts == Counts(scanned=300, updated=300)
    assert complete(bench, items)
    assert executor.sent
    for text in executor.sent:
        assert isinstance(text, str)
        assert not any(word in text for word in ("not-a-secret", "def ", "aws_"))


def test_processes(bench: Bench) -> None:
    items = shuffled(300)
    bench.create(items)
    with Processes(2) as pool:
        result = bench.run(executor=pool, settings=settings(bench))
    assert result.counts == Counts(scanned=300, updated=300)
    assert complete(bench, items)


def test_any_threads_will_do(bench: Bench) -> None:
    bench.create(shuffled(50))
    with ThreadPoolExecutor(2) as pool:
        assert bench.run(executor=pool, spec=None).counts.updated == 50


@pytest.mark.parametrize("lacking", ["spec", "settings"])
def test_what_cannot_travel_is_told(bench: Bench, lacking: str) -> None:
    bench.create()
    given: dict[str, Any] = {"settings": settings(bench), lacking: None}
    with Processes(1) as pool, pytest.raises(BackfillError, match="KX623"):
        bench.run(executor=pool, **given)


def test_what_a_worker_refuses_ends_the_run(bench: Bench) -> None:
    bench.create(shuffled(10))
    nowhere = TaskSpec("tests.migrate.backfill.bench:nothing")
    with pytest.raises(BackfillError, match="bench:nothing") as raised:
        bench.run(spec=nowhere, executor=Foreign(), settings=settings(bench))
    assert raised.value.code == "KX628"


def test_another_version_does_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    items = shuffled(10)
    bench.create(items)
    monkeypatch.setattr("kxmodel.migrate.backfill.crew.tool", lambda: "9.9")
    with pytest.raises(BackfillError, match=r"the run is of 9\.9") as raised:
        bench.run(executor=Foreign(), settings=settings(bench))
    assert raised.value.code == "KX632"
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): i for i in items}


def killing(pool: Any, times: int) -> Any:
    """Kills a process of the pool at each of the first reports."""
    killed: list[int] = []

    def kill(event: Any) -> None:
        if isinstance(event, Progress) and event.counts.scanned and len(killed) < times:
            inner = getattr(pool, "_pool", pool)
            pid = next(iter(inner._processes))
            if pid not in killed:
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

    return kill, killed


SHORT: dict[str, Any] = {"page": 20, "slice_seconds": 0.2}


def test_a_killed_process_is_replaced(bench: Bench) -> None:
    items = shuffled(2000)
    bench.create(items)
    with Processes(2) as pool:
        kill, killed = killing(pool, 3)
        result = bench.run(executor=pool, settings=settings(bench), events=kill, **SHORT)
    assert len(killed) == 3
    assert result.finished
    assert result.counts.balanced
    assert result.counts.scanned == 2000
    assert result.counts.updated + result.counts.already == 2000
    assert complete(bench, items)


class Deaf:
    """An executor without workers."""

    def submit(self, function: Any, text: str) -> Future[str]:
        return Future()


def test_a_run_ends_though_nobody_works(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kxmodel.migrate.backfill.coordinator._GRACE", 0.1)
    bench.create(shuffled(10))
    quick = ClientSettings(bench.engine.endpoint_url, connect_timeout=0.1, read_timeout=0.1)
    result = bench.run(executor=Deaf(), settings=quick, max_seconds=0.3, slice_seconds=0.1)
    assert result.ended == "out of time"
    assert result.counts == Counts()
    assert bench.run().counts.updated == 10


def deadly(arguments: Any, folder: str | None) -> NoReturn:
    os._exit(1)


def test_work_that_kills_every_process_ends_the_run(bench: Bench) -> None:
    bench.create(shuffled(10))
    spec = TaskSpec("tests.migrate.backfill.test_crew:deadly")
    with Processes(1) as pool, pytest.raises(BackfillError, match="terminated") as raised:
        bench.run(spec=spec, executor=pool, settings=settings(bench), segments=1, attempts=2)
    assert raised.value.code == "KX620"


def test_somebody_elses_pool_is_not_mended(bench: Bench) -> None:
    items = shuffled(2000)
    bench.create(items)
    with ProcessPoolExecutor(2, FRESH) as pool:
        kill, _ = killing(pool, 1)
        with pytest.raises(BackfillError, match="KX620"):
            bench.run(executor=pool, settings=settings(bench), events=kill, **SHORT)
    result = bench.run()
    assert result.finished
    assert result.counts.balanced
    assert result.counts.scanned == 2000
    assert complete(bench, items)


def hold_a_pool(pipe: Any) -> None:
    pool = Processes(1)
    pipe.send(pool.submit(os.getpid).result())
    pool.submit(time.sleep, 60)
    time.sleep(60)


def test_processes_end_with_the_one_that_they_work_for() -> None:
    here, there = FRESH.Pipe()
    owner = FRESH.Process(target=hold_a_pool, args=(there,))
    owner.start()
    worker = here.recv()
    assert alive(worker)
    owner.kill()
    owner.join()
    wait_for(lambda: not alive(worker))


def test_threads_share_what_one_key_takes_and_workers_elsewhere_have_a_part_each(
    bench: Bench,
) -> None:
    """One tenant's items lie in all segments: eight threads write to it as fast as one may."""
    bench.create(shuffled(60))
    with Threads() as threads:
        bench.run(executor=threads, workers=8)
        assert {(each.key_cap, each.index_cap) for each in threads.sent} == {(500.0, 500.0)}
    foreign = Foreign()
    bench.run(run="again", executor=foreign, settings=settings(bench), workers=8)
    caps = [json.loads(text)["slice"] for text in foreign.sent]
    assert {(each["key_cap"], each["index_cap"]) for each in caps} == {(500.0, 62.5)}
