from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.config import Config

from kxmodel.engines import ENGINES, RunningEngine, choose, start
from kxmodel.errors import EngineError
from kxmodel.testing.ci import skip_or_fail

if TYPE_CHECKING:
    from collections.abc import Iterator


def need(name: str) -> str:
    """The engine's name, if it can be had; else the test is skipped, or in CI failed."""
    try:
        return choose(name).name
    except EngineError as error:
        skip_or_fail(f"{error.message}. {error.fix}")


@cache
def session() -> botocore.session.Session:
    """One for all clients, which read botocore's files once then."""
    return botocore.session.Session()


def connect(engine: RunningEngine) -> Any:
    return session().create_client(
        "dynamodb",
        region_name="us-east-1",
        endpoint_url=engine.endpoint_url,
        aws_access_key_id="kxmodel",
        aws_secret_access_key="not-a-secret",
        config=Config(retries={"max_attempts": 0}, read_timeout=30, connect_timeout=5),
    )


@pytest.fixture(params=list(ENGINES))
def engine_name(request: pytest.FixtureRequest) -> str:
    return need(request.param)


@pytest.fixture(scope="session", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[RunningEngine]:
    with start(need(request.param)) as running:
        yield running


@pytest.fixture
def client(engine: RunningEngine) -> Iterator[Any]:
    made = connect(engine)
    yield made
    made.close()
