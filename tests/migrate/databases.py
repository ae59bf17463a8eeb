"""Local DynamoDBs for the tests of migrations, each under a prefix of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from kxmodel import engines
from kxmodel.errors import EngineError
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.names import Names
from kxmodel.migrate.schema import Control
from kxmodel.testing.ci import skip_or_fail
from kxmodel.testing.tables import drop_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine


@pytest.fixture(scope="session", params=["dynoxide", "ministack"])
def database(request: pytest.FixtureRequest) -> Iterator[RunningEngine]:
    """Each engine that tells the truth about conditions."""
    try:
        running = engines.start(request.param)
    except EngineError as error:
        skip_or_fail(str(error))
    with running:
        yield running


@pytest.fixture
def names(database: RunningEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    """The tables' names of one test; they are gone after it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kxmodel")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    names = Names(f"t{uuid4().hex[:10]}-")
    yield names
    drop_tables(database.endpoint_url, names.prefix)


@pytest.fixture
def settings(database: RunningEngine) -> ClientSettings:
    """How a client of the engine is made."""
    return ClientSettings(endpoint_url=database.endpoint_url, region="us-east-1")


@pytest.fixture
def control(settings: ClientSettings, names: Names) -> Iterator[Control]:
    """The engine's control plane."""
    client = make(settings)
    yield Control(client, patience=30.0)
    client.close()  # type: ignore[attr-defined]  # botocore's
