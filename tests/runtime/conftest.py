"""The model tests run on every engine that is here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

import kxmodel
from kxmodel import engines
from kxmodel.engines import ENGINES, RunningEngine
from kxmodel.errors import EngineError
from kxmodel.testing.ci import skip_or_fail
from tests.runtime.forum import Thread
from tests.runtime.zoo import Animal

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", params=sorted(ENGINES))
def any_engine(request: pytest.FixtureRequest) -> Iterator[RunningEngine]:
    """Each local engine in turn."""
    try:
        running = engines.start(request.param)
    except EngineError as error:
        skip_or_fail(str(error))
    with running:
        yield running


@pytest.fixture
def engine(any_engine: RunningEngine) -> Iterator[RunningEngine]:
    """An engine that models are bound to, under a prefix of the test's own."""
    prefix = f"t{uuid4().hex[:10]}-"
    with kxmodel.bind(
        endpoint_url=any_engine.endpoint_url, region="us-east-1", table_prefix=prefix
    ):
        yield any_engine


@pytest.fixture
def zoo(engine: RunningEngine) -> Iterator[type[Animal]]:
    """The zoo's model with its table."""
    Animal.create_table(wait=True)
    yield Animal
    Animal.delete_table()


@pytest.fixture
def threads(engine: RunningEngine) -> Iterator[type[Thread]]:
    """The forum's table with a few threads."""
    Thread.create_table(wait=True)
    with Thread.batch_write() as batch:
        for number in range(5):
            batch.save(Thread("db", f"s{number}", views=10 * number, replies=number % 2))
        batch.save(Thread("other", "s0", views=7, replies=1))
    yield Thread
    Thread.delete_table()
