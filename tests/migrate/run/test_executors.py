"""Whole migrations by processes and by a Dask cluster, whose workers are killed amid the work."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Processes, Progress
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.events import Event, Work
from kxmodel.migrate.run.executors import dask
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.verifying import verify
from kxmodel.testing.ci import skip_or_fail
from tests.migrate.run.workshop import CHANGE, build, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from kxmodel.migrate.run.database import Database

ROOT = Path(__file__).parents[3]


def fill(db: Database, count: int) -> None:
    """Notes, a tenth of them bad: an owner of no type that a key takes."""
    rows = []
    for number in range(count):
        item: dict[str, Any] = {**note(number)}
        if number % 10 == 3:
            item["kind"] = {"L": []}
        rows.append({"PutRequest": {"Item": item}})
    name = db.names.table("notes")
    for start in range(0, count, 25):
        db.client.batch_write_item(RequestItems={name: rows[start : start + 25]})


def items(db: Database) -> list[dict[str, Any]]:
    """All notes as they are stored."""
    found: list[dict[str, Any]] = []
    request: dict[str, Any] = {"TableName": db.names.table("notes"), "ConsistentRead": True}
    while True:
        page = db.client.scan(**request)
        found += page["Items"]
        if "LastEvaluatedKey" not in page:
            return found
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def right(item: dict[str, Any], number: int) -> bool:
    """Whether a note is what both migrations make of it, told without the package."""
    old: dict[str, Any] = {**note(number)}
    wanted = {name: value for name, value in old.items() if name != "text"}
    wanted["body"] = old["text"]
    wanted["stars"] = {"N": "0"}
    if number % 10 == 3:
        wanted["kind"] = {"L": []}
    else:
        wanted["GSI2PK"] = {"S": f"K{number % 3}"}
    if "owner" in old:
        house = {"S": "house-" + old["owner"]["S"]}
        wanted |= {"owner": house, "GSI1PK": house, "GSI1SK": old["at"]}
        if number % 10 != 3:
            wanted["label"] = {"S": f"{old['kind']['S']}/{house['S']}"}
    return item == wanted


@dataclass
class Killer:
    """Kills a worker, once, when so many items of a pass were scanned."""

    victims: Callable[[], list[int]]
    after: int
    killed: list[int] = field(default_factory=list)
    progress: int = 0

    def __call__(self, event: Event) -> None:
        if isinstance(event, Work) and isinstance(event.event, Progress):
            self.progress += 1
            if not self.killed and event.event.counts.scanned >= self.after:
                self.killed.append(self.victims()[0])
                os.kill(self.killed[0], signal.SIGKILL)


def story(
    db: Database, tmp_path: Path, executor: Executor, count: int, victims: Callable[[], list[int]]
) -> Killer:
    """Migrate up with a worker killed amid, prove it, and look at every item."""
    folder = build(tmp_path / "migrations")
    options = Options(workers=4, segments=8, executor=executor, report=tmp_path)
    migrate(folder, db, "0001_create", options=options)
    fill(db, count)
    killer = Killer(victims, count // 4)
    outcome = migrate(folder, db, "0003_change", options=options, tell=killer)
    assert outcome.finished
    assert outcome.exit_code == 4
    assert killer.killed
    bad = len([number for number in range(count) if number % 10 == 3])
    for revision, passes in (("0002_index", 1), ("0003_change", 4)):
        counts = db.history.read()[revision].counts
        assert counts["scanned"] >= passes * count
        assert counts["scanned"] % count == 0
        told = ("updated", "already", "skipped", "gone", "bad", "failed")
        assert counts["scanned"] == sum(counts.get(name, 0) for name in told)
        assert counts.get("failed", 0) == counts.get("gone", 0) == 0
    assert db.history.read()["0002_index"].counts["bad"] == bad
    (report,) = tmp_path.glob("0002_index-*-1-2.jsonl")
    rows = [json.loads(line)["key"]["pk"] for line in report.read_text().splitlines()]
    assert len(rows) == len(set(rows)) == bad
    stored = items(db)
    assert len(stored) == count
    assert all(right(item, int(item["id"]["S"][1:])) for item in stored)
    (found,) = verify(folder, db, options=options)
    assert found.counts["scanned"] == count
    assert found.counts.get("failed", 0) == 0
    assert found.counts["bad"] == bad
    assert all(index.same for index in found.indexes)
    return killer


def pids(pool: Processes) -> list[int]:
    return list(pool._pool._processes)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["dynoxide"], indirect=True)
def test_processes_one_of_which_is_killed(db: Database, tmp_path: Path) -> None:
    with Processes(2) as pool:
        killer = story(db, tmp_path, pool, 2000, lambda: pids(pool))
        assert killer.killed[0] not in pids(pool)
    assert killer.progress


@dataclass
class Cluster:
    """A Dask scheduler and two workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[str]]


def started(arguments: list[str], folder: Path, said: str) -> tuple[subprocess.Popen[str], str]:
    """A process of Dask, and what its log says at the first line that matches."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    found = next(filter(None, (re.search(said, line) for line in process.stderr)), None)
    if found is None:
        skip_or_fail(f"dask does not start: {process.wait()}")
    return process, found[1]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Dask on this machine; its workers stand in another folder than the test."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    quiet = ["--no-dashboard", "--host", "127.0.0.1"]
    processes: list[subprocess.Popen[str]] = []
    try:
        scheduler, address = started(
            ["dask_scheduler", *quiet, "--port", "0"], elsewhere, r"Scheduler at: +(tcp://\S+)"
        )
        processes.append(scheduler)
        for _ in range(2):
            worker, _ = started(
                ["dask_worker", address, *quiet, "--no-nanny", "--nthreads", "2"],
                elsewhere,
                r"Registered to: +(tcp://\S+)",
            )
            processes.append(worker)
        yield Cluster(address, processes[1:])
    finally:
        for process in reversed(processes):
            process.kill()
        for process in processes:
            process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["dynoxide"], indirect=True)
def test_a_dask_cluster_one_worker_of_which_is_killed(
    db: Database, tmp_path: Path, cluster: Cluster
) -> None:
    with dask(cluster.address) as executor:
        story(db, tmp_path, executor, 3000, lambda: [cluster.workers[0].pid])
    assert cluster.workers[0].wait(60) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None


@pytest.mark.slow
@pytest.mark.parametrize("database", ["dynoxide"], indirect=True)
def test_a_worker_with_other_files_does_nothing(db: Database, tmp_path: Path) -> None:
    folder = build(tmp_path / "migrations")
    migrate(folder, db, "0002_index")
    fill(db, 20)
    before = items(db)
    (folder.path / "0003_change.py").write_text(CHANGE.replace('"house-"', '"home-"'))
    with Processes(1) as pool, pytest.raises(BackfillError, match="0003_change is sha256:") as told:
        migrate(folder, db, "0003_change", options=Options(executor=pool))
    assert told.value.code == "KX632"
    assert items(db) == before


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kxmodel.migrate.run.executors._PATIENCE", 0.2)
    with (
        pytest.raises(BackfillError, match="no Dask scheduler") as raised,
        dask("tcp://127.0.0.1:9"),
    ):
        pass
    assert raised.value.code == "KX633"


def test_an_address_that_is_none_is_told_at_once() -> None:
    with pytest.raises(BackfillError, match="missing port number") as raised, dask("nonsense"):
        pass
    assert raised.value.code == "KX633"


def test_without_dask_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BackfillError, match="not installed") as raised, dask("tcp://127.0.0.1:9"):
        pass
    assert raised.value.code == "KX633"
    assert raised.value.fix == "Run `pip install 'kxmodel[dask]'`."
