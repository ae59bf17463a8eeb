"""Backfills run on every engine that is here, with tables of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kxmodel import engines
from kxmodel.engines import ENGINES, RunningEngine
from kxmodel.errors import EngineError
from kxmodel.migrate.backfill import Ledger
from kxmodel.testing.ci import skip_or_fail
from kxmodel.testing.tables import drop_tables, new_prefix
from tests.migrate.backfill.bench import Bench, client_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def running() -> Iterator[dict[str, RunningEngine]]:
    """The engines started so far."""
    started: dict[str, RunningEngine] = {}
    yield started
    for engine in started.values():
        engine.stop()


def _bench(name: str, running: dict[str, RunningEngine]) -> Iterator[Bench]:
    if name not in running:
        try:
            running[name] = engines.start(name)
        except EngineError as error:
            skip_or_fail(str(error))
    engine = running[name]
    client: Any = client_of(engine.endpoint_url)
    prefix = new_prefix()
    ledger = Ledger(client, f"{prefix}kxmodel_ledger")
    ledger.create()
    yield Bench(engine, client, prefix, ledger)
    drop_tables(engine.endpoint_url, prefix)
    client.close()


@pytest.fixture(params=sorted(ENGINES))
def any_bench(
    request: pytest.FixtureRequest,
    running: dict[str, RunningEngine],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """Each engine in turn."""
    _nobody(monkeypatch)
    yield from _bench(request.param, running)


@pytest.fixture
def bench(running: dict[str, RunningEngine], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The engine whose conditions tell the truth everywhere."""
    _nobody(monkeypatch)
    yield from _bench("dynoxide", running)


@pytest.fixture(params=["dynoxide", "ministack"])
def true_bench(
    request: pytest.FixtureRequest,
    running: dict[str, RunningEngine],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """Each engine whose transactions hold beside other writers."""
    _nobody(monkeypatch)
    yield from _bench(request.param, running)


def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kxmodel")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
