"""A large table that four processes write to all the while."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kxmodel.engines import RunningEngine
from kxmodel.testing.faults import Rule, chance, lost_reply, statements_fail, throttled
from tests.migrate import promises
from tests.migrate.backfill.bench import message
from tests.migrate.proofs.writer import CONTACTS, WRITERS
from tests.migrate.requests import key_of
from tests.migrate.world import KEYS, World

ROOT = Path(__file__).parents[3]


def load(world: World, count: int) -> None:
    """The legacy messages, by several threads at once."""
    world.create()
    items = [message(n, contacts=CONTACTS) for n in range(count)]

    def put(start: int) -> None:
        rows = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        world.client.batch_write_item(RequestItems={world.table: rows})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(put, range(0, count, 25)))


def soak(world: World, endpoint: str, folder: Path, count: int) -> None:
    load(world, count)
    rules = [
        Rule(lost_reply(), "batch_execute_statement", chance(0.01)),
        Rule(
            statements_fail("InternalServerError", share=0.2),
            "batch_execute_statement",
            chance(0.02),
        ),
        Rule(throttled("TableWriteAccountLimitExceeded"), "batch_execute_statement", chance(0.005)),
    ]
    writers: list[Any] = []
    with ExitStack() as stack:
        for number in range(WRITERS):
            out = str(folder / f"{number}.json")
            arguments = [endpoint, world.names.prefix, str(number), str(count), out]
            command = [sys.executable, "-m", "tests.migrate.proofs.writer", *arguments]
            pipe = subprocess.PIPE
            process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
            writers.append(stack.enter_context(process))
        for writer in writers:
            assert writer.stdout.readline() == "ready\n"
        outcome = world.run(rules, workers=3, segments=24)
        for writer in writers:
            writer.stdin.close()
            assert writer.wait(60) == 0
    assert outcome.finished
    assert outcome.counts["scanned"] >= count * 0.9
    for number in range(WRITERS):
        items = json.loads((folder / f"{number}.json").read_text())
        world.truth |= {key_of(item, KEYS): item for item in items}
    legacy = (message(n, contacts=CONTACTS) for n in range(count))
    touched = sum(world.truth.get(key_of(item, KEYS)) != item for item in legacy)
    assert touched > 20, "the writers were at work"
    promises.all_are_kept(world.evidence())


def test_a_small_soak(world: World, dynoxide: RunningEngine, tmp_path: Path) -> None:
    soak(world, dynoxide.endpoint_url, tmp_path, 1500)


@pytest.mark.slow
def test_fifty_thousand_items(world: World, dynoxide: RunningEngine, tmp_path: Path) -> None:
    soak(world, dynoxide.endpoint_url, tmp_path, 50_000)
