"""A process that is killed at any request, before it was sent or after, and resumed until it is done."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kxmodel.engines import RunningEngine
from kxmodel.migrate.backfill import Counts
from kxmodel.migrate.names import Names
from kxmodel.testing.tables import new_prefix
from tests.migrate import promises
from tests.migrate.backfill.bench import client_of, message
from tests.migrate.proofs import changes
from tests.migrate.proofs.victim import Job, entry_of, victims
from tests.migrate.requests import key_of
from tests.migrate.world import KEYS, World

#: About as many requests as a run that nobody disturbs takes.
REQUESTS = 90
CHANGING = 130

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")


def survive(dynoxide: RunningEngine, folder: Path, kills: int, part: int = 0) -> None:
    """Migrate tables, one after the other, until so many processes were killed amid it."""
    chance = random.Random(11 + part)
    client = client_of(dynoxide.endpoint_url)
    killed = number = 0
    with victims(dynoxide.endpoint_url) as parent:
        while killed < kills:
            number += 1
            world = World(client, Names(new_prefix()))
            world.create(message(n, contacts=15) for n in range(150))
            log = folder / f"{number}.jsonl"
            ends: list[int] = []
            while not ends or ends[-1] != 0:
                job = Job(
                    world.names.prefix,
                    str(log),
                    kill=chance.randint(1, REQUESTS),
                    after=chance.random() < 0.5,
                    path="update" if number % 4 == 0 else "partiql",
                    workers=1 + number % 2,
                )
                parent.begin(job)
                ends.append(parent.end())
                assert ends[-1] in (0, -9), f"{ends} with {world.names.prefix}"
                assert len(ends) < 60
            killed += ends.count(-9)
            world.log = [entry_of(line) for line in log.read_text().splitlines()]
            promises.all_are_kept(world.evidence())
            assert world.record() is not None
            world.drop()
            log.unlink()
    client.close()


def change(dynoxide: RunningEngine, folder: Path, kills: int) -> None:
    """The same for a migration that transforms, renames and moves: nothing twice, and nobody lost."""
    chance = random.Random(12)
    client = client_of(dynoxide.endpoint_url)
    killed = number = 0
    with victims(dynoxide.endpoint_url) as parent:
        while killed < kills:
            number += 1
            world = World(client, Names(new_prefix()), folder=changes.FOLDER)
            legacy = [changes.legacy(n) for n in range(30)]
            world.create(legacy)
            ends: list[int] = []
            while not ends or ends[-1] != 0:
                job = Job(
                    world.names.prefix,
                    str(folder / "log.jsonl"),
                    kill=chance.randint(1, CHANGING),
                    after=chance.random() < 0.5,
                    path="update" if number % 3 == 0 else "auto",
                    workers=1 + number % 2,
                    story="changes",
                )
                parent.begin(job)
                ends.append(parent.end())
                assert ends[-1] in (0, -9), f"{ends} with {world.names.prefix}"
                assert len(world.items()) == len(legacy)
                assert len(ends) < 60
            killed += ends.count(-9)
            wanted = map(changes.final, legacy)
            assert world.items() == {key_of(item, KEYS): item for item in wanted}
            record = world.record()
            assert record is not None
            assert record.state == "applied"
            assert Counts.from_json({**record.counts}).balanced
            world.drop()
    client.close()


def test_a_few_processes_are_killed_amid_changes(dynoxide: RunningEngine, tmp_path: Path) -> None:
    change(dynoxide, tmp_path, kills=6)


@pytest.mark.slow
def test_sixty_processes_are_killed_amid_changes(dynoxide: RunningEngine, tmp_path: Path) -> None:
    change(dynoxide, tmp_path, kills=60)


def test_a_few_processes_are_killed(dynoxide: RunningEngine, tmp_path: Path) -> None:
    survive(dynoxide, tmp_path, kills=6)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_two_hundred_processes_are_killed(
    dynoxide: RunningEngine, tmp_path: Path, part: int
) -> None:
    """In four parts, which may run side by side."""
    survive(dynoxide, tmp_path, kills=50, part=part)
