"""The pytest plugin: fixtures over a local DynamoDB, or over an endpoint of the user's.

Which one: ``--kxmodel-engine``, else the variable KXMODEL_TEST_ENGINE, else the ini value
``kxmodel_engine``, else ``auto``. Several names with commas, or ``all``, run every test that uses a
DynamoDB on each of them.

Everything is imported inside the fixtures: pytest loads this module in every run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine
    from kxmodel.runtime.connection import Binding

VARIABLE = "KXMODEL_TEST_ENGINE"

_HELP = (
    "the DynamoDB that kxmodel's fixtures use: dynoxide, ministack, moto, auto (the best one "
    "found), all, several with commas, or the URL of an endpoint"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option and the ini value."""
    group = parser.getgroup("kxmodel", "kxmodel")
    group.addoption("--kxmodel-engine", metavar="NAME|URL", default=None, help=_HELP)
    parser.addini("kxmodel_engine", _HELP, default="auto")


def wanted(config: pytest.Config) -> list[str]:
    """The engines asked for, at least one."""
    option: str | None = config.getoption("--kxmodel-engine")
    text = option or os.environ.get(VARIABLE) or str(config.getini("kxmodel_engine"))
    if text == "all":
        from kxmodel.engines.catalogue import ENGINES

        return list(ENGINES)
    return [name.strip() for name in text.split(",") if name.strip()] or ["auto"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a DynamoDB on each one, where several are asked for."""
    names = wanted(metafunc.config)
    if "kxmodel_engine" in metafunc.fixturenames and len(names) > 1:
        metafunc.parametrize("kxmodel_engine", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def kxmodel_engine(request: pytest.FixtureRequest) -> Iterator[RunningEngine]:
    """A running DynamoDB for the whole run: ``.endpoint_url``, ``.name``, ``.quirks``.

    Skips where there is none (with CI set: fails), and says what to install.
    """
    from kxmodel.testing.choice import open_engine

    name: str = getattr(request, "param", None) or wanted(request.config)[0]
    with open_engine(name) as engine:
        yield engine


@pytest.fixture
def kxmodel_endpoint(kxmodel_engine: RunningEngine) -> str:
    """The URL of the endpoint, e.g. ``http://127.0.0.1:40123``."""
    return kxmodel_engine.endpoint_url


@pytest.fixture
def kxmodel_bound(
    kxmodel_engine: RunningEngine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Binding]:
    """The models bound to the endpoint, under a table prefix of this test alone.

    Afterwards the former binding is back and the test's tables are gone. An engine that checks no
    credentials gets made-up ones.
    """
    from kxmodel.runtime.connection import bind
    from kxmodel.testing.tables import REGION, credentials, drop_tables, new_prefix

    prefix, url = new_prefix(), kxmodel_engine.endpoint_url
    with credentials(kxmodel_engine, monkeypatch):
        try:
            with bind(endpoint_url=url, region=REGION, table_prefix=prefix) as binding:
                yield binding
        finally:
            drop_tables(url, prefix)
