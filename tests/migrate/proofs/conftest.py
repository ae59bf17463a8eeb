"""Environments of their own, on the engine whose conditions tell the truth everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kxmodel import engines
from kxmodel.engines import RunningEngine
from kxmodel.errors import EngineError
from kxmodel.migrate.names import Names
from kxmodel.testing.ci import skip_or_fail
from kxmodel.testing.tables import DUMMY, new_prefix
from tests.migrate.backfill.bench import client_of
from tests.migrate.world import World


@pytest.fixture(scope="session")
def dynoxide() -> Iterator[RunningEngine]:
    """In memory, for all the proofs."""
    try:
        running = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with running, pytest.MonkeyPatch.context() as patch:
        for name, value in DUMMY.items():
            patch.setenv(name, value)
        yield running


@pytest.fixture
def world(dynoxide: RunningEngine) -> Iterator[World]:
    """An environment without tables."""
    client = client_of(dynoxide.endpoint_url)
    made = World(client, Names(new_prefix()))
    yield made
    made.drop()
    client.close()
