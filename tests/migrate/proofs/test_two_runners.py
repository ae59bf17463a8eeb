"""Two real processes at once: one works; the other waits, or finds its lease gone and records nothing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kxmodel.engines import RunningEngine
from kxmodel.migrate.holder import KEY
from kxmodel.testing.tables import drop_tables, new_prefix
from tests.migrate import promises
from tests.migrate.backfill.bench import client_of, message
from tests.migrate.proofs.victim import Job, entry_of, victims
from tests.migrate.world import World

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has neither SIGSTOP nor SIGTERM")


@pytest.mark.parametrize("stall", ["transact_write_items", "batch_execute_statement", "scan"])
def test_a_runner_that_was_overtaken_records_nothing(
    world: World, dynoxide: RunningEngine, tmp_path: Path, stall: str
) -> None:
    """The first process stands still before a request until the second has done all; then it goes on."""
    world.create(message(n, contacts=15) for n in range(150))
    log, pid = tmp_path / "log.jsonl", tmp_path / "log.jsonl.pid"
    place = world.names.ledger_table if stall.startswith("transact") else world.table
    job = Job(world.names.prefix, str(log), path="partiql", lease_seconds=2.0)
    stalled = Job(**{**vars(job), "stall": stall, "stall_at": place})
    with victims(dynoxide.endpoint_url) as first, victims(dynoxide.endpoint_url) as second:
        first.begin(stalled)
        _until(pid.exists)
        second.begin(job)
        assert second.end() == 0
        before = world.items(), world.record()
        os.kill(int(pid.read_text()), signal.SIGCONT)
        assert first.end() == 1
    assert (world.items(), world.record()) == before
    world.log = [entry_of(line) for line in log.read_text().splitlines()]
    promises.all_are_kept(world.evidence())


def _until(true: Any, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_the_second_says_who_holds_the_lease(dynoxide: RunningEngine, tmp_path: Path) -> None:
    """By the command itself, on KxGen's own migrations."""
    for name in ("schemas", "migrations", "pyproject.toml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    prefix, url = new_prefix(), dynoxide.endpoint_url
    command = [sys.executable, "-m", "kxmodel", "migrate"]
    where = ["--endpoint-url", url, "--prefix", prefix]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}

    def start(*more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*command, *more, *where],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    client = client_of(url)
    try:
        created = start("0001")
        _, said = created.communicate(timeout=60)
        assert created.returncode == 0, said
        for n in range(0, 400, 25):
            rows = [{"PutRequest": {"Item": message(m)}} for m in range(n, n + 25)]
            client.batch_write_item(RequestItems={f"{prefix}messages": rows})
        first = start("--max-wcu", "5")
        _until(lambda: _owner(client, prefix))
        second = start()
        _, said = second.communicate(timeout=60)
        assert second.returncode == 1
        assert "KX640" in said
        assert re.search(rf"held by .* \(process {first.pid}\), since 20", said), said
        first.send_signal(signal.SIGTERM)
        _, said = first.communicate(timeout=60)
        assert first.returncode == 3, said
        assert _owner(client, prefix) is None
    finally:
        drop_tables(url, prefix)
        client.close()


def _owner(client: Any, prefix: str) -> Any:
    found = client.get_item(TableName=f"{prefix}kxmodel_migrations", Key=KEY, ConsistentRead=True)
    return found.get("Item", {}).get("owner")
