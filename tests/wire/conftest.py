from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import botocore.session
import pytest
from botocore.handlers import BUILTIN_HANDLERS

from kxmodel.runtime.client import ClientSettings, make_client
from kxmodel.wire import call, install


@pytest.fixture(autouse=True)
def _only_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No AWS settings of the machine, no handlers of moto's, and no waiting between attempts."""
    own = [entry for entry in BUILTIN_HANDLERS if entry[1].__module__.startswith("botocore.")]
    monkeypatch.setattr("botocore.handlers.BUILTIN_HANDLERS", own)
    for name in [*os.environ]:
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@pytest.fixture
def exchanges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URLs of the attempts that were made over an open connection, the shortest way."""
    seen: list[str] = []
    original = call.exchange

    def exchange(pool: Any, connection: Any, data: bytes, url: str, request: Any) -> Any:
        seen.append(url)
        return original(pool, connection, data, url, request)

    monkeypatch.setattr(call, "exchange", exchange)
    return seen


@pytest.fixture
def new_client(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., Any]]:
    """Makes clients, closed at the end. fast=False: ones that go botocore's own way."""
    made = []

    def new(
        url: str | None,
        *,
        fast: bool = True,
        session: botocore.session.Session | None = None,
        **settings: Any,
    ) -> Any:
        monkeypatch.setenv(install.SWITCH, "1" if fast else "0")
        settings = {"region": "us-east-1", "read_timeout": 5, **settings}
        client = make_client(ClientSettings(endpoint_url=url, **settings), session)
        made.append(client)
        return client

    yield new
    for client in made:
        with closing(client):
            pass


_sessions: list[botocore.session.Session] = []


@pytest.fixture
def shared() -> botocore.session.Session:
    """One session for all, since making the first client of one takes long."""
    if not _sessions:
        _sessions.append(botocore.session.Session())
    return _sessions[0]
