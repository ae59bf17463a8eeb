"""Whoever listens to a call, wraps what sends it or builds it otherwise has it botocore's way."""

from __future__ import annotations

import functools
import http.client
import logging
import subprocess
import sys
from operator import attrgetter
from typing import Any

import botocore.client
import botocore.session
import pytest
import urllib3.connectionpool
from botocore.stub import Stubber

from kxmodel.wire import install

from .calls import KEY, KEYS, Clients, get, put
from .scripted import scripted

EVENTS = [
    "provide-client-params",
    "before-parameter-build",
    "before-endpoint-resolution",
    "before-call",
    "request-created",
    "choose-signer",
    "before-sign",
    "before-send",
    "before-parse",
    "response-received",
    "needs-retry",
    "after-call",
]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("scope", ["", ".dynamodb", ".dynamodb.GetItem", ".*.*"])
def test_a_handler_hears_of_every_call_from_when_it_is_registered(
    event: str,
    scope: str,
    new_client: Clients,
    shared: botocore.session.Session,
    exchanges: list[str],
) -> None:
    heard: list[str] = []

    def listen(event_name: str, **_: Any) -> None:
        heard.append(event_name)

    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        assert len(exchanges) == 1
        client.meta.events.register(f"{event}{scope}", listen)
        get(client)
        get(client)
        plain = new_client(server.url, fast=False, session=shared, **KEYS)
        told, heard = heard, []
        plain.meta.events.register(f"{event}{scope}", listen)
        get(plain)
        assert told == heard * 2
        heard = []
        client.meta.events.unregister(f"{event}{scope}", listen)
        get(client)
        assert not heard
        assert len(exchanges) >= 2
        assert len(server.requests) == 6


def test_a_handler_of_one_operation_leaves_the_others_short(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    heard: list[str] = []

    def listen(event_name: str, **_: Any) -> None:
        heard.append(event_name)

    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        client.meta.events.register("before-send.dynamodb.PutItem", listen)
        put(client)
        get(client)
        put(client)
        get(client)
        assert heard == ["before-send.dynamodb.PutItem"] * 2
        assert len(exchanges) == 1  # the other get taught what requests look like


def test_a_sessions_handlers_hear_of_its_clients(new_client: Clients, exchanges: list[str]) -> None:
    session = botocore.session.Session()
    heard = []
    session.register("after-call.dynamodb.GetItem", lambda parsed, **_: heard.append(parsed))
    with scripted() as server:
        client = new_client(server.url, session=session, **KEYS)
        answers = [get(client), get(client)]
    assert heard == answers
    assert not exchanges


def test_what_a_handler_changes_is_not_taken_for_the_form_of_requests(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    def sign_more(request: Any, **_: Any) -> None:
        request.headers["X-Mine"] = "once"

    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        client.meta.events.register("before-sign.dynamodb", sign_more)
        get(client)
        client.meta.events.unregister("before-sign.dynamodb", sign_more)
        get(client)
        get(client)
    assert [request.headers.get("x-mine") for request in server.requests] == ["once", None, None]
    assert len(exchanges) == 1


def test_a_stubbed_client_sends_nothing(
    new_client: Clients, shared: botocore.session.Session
) -> None:
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        with Stubber(client) as stubber:
            stubber.add_response("get_item", {"Item": KEY}, {"TableName": "t", "Key": KEY["pk"]})
            stubber.add_client_error("get_item", "ThrottlingException")
            with pytest.raises(Exception, match="Expected parameters"):
                get(client)
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "replaced",
    [
        (botocore.client.BaseClient, "_make_api_call"),
        (botocore.endpoint.Endpoint, "make_request"),
        (botocore.endpoint.Endpoint, "_send"),
        (botocore.httpsession.URLLib3Session, "send"),
        (botocore.auth.SigV4Auth, "add_auth"),
        (urllib3.connectionpool.HTTPConnectionPool, "urlopen"),
        (http.client.HTTPConnection, "putrequest"),
    ],
    ids=lambda replaced: replaced[1],
)
def test_who_wraps_botocores_functions_sees_every_call(
    replaced: tuple[Any, str],
    new_client: Clients,
    shared: botocore.session.Session,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    owner, name = replaced
    original = getattr(owner, name)
    seen: list[object] = []

    class Wrapper:
        """What tracers put in a function's place: it passes for the function in every respect."""

        __code__ = original.__code__
        __wrapped__ = original

        def __eq__(self, other: object) -> bool:
            return bool(original == other)

        __hash__ = None  # type: ignore[assignment]

        def __get__(self, instance: Any, _: type) -> Any:
            return self if instance is None else functools.partial(self, instance)

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            seen.append(args)
            return original(*args, **kwargs)

    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, Wrapper())
            get(client)
        assert len(seen) == 1
        get(client)
        assert (len(seen), len(exchanges), len(server.requests)) == (1, 2, 4)


@pytest.mark.parametrize("log", ["botocore", "botocore.endpoint", "urllib3.connectionpool"])
def test_a_debugging_user_sees_what_botocore_does(
    log: str,
    new_client: Clients,
    shared: botocore.session.Session,
    caplog: pytest.LogCaptureFixture,
    exchanges: list[str],
) -> None:
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        with caplog.at_level(logging.DEBUG, log):
            get(client)
        assert any(record.name.startswith(log) for record in caplog.records)
        assert not exchanges
        get(client)
        assert len(exchanges) == 1


@pytest.mark.parametrize(
    "missing",
    [
        ("_endpoint", "http_session"),
        ("_endpoint.http_session", "_manager"),
        ("_endpoint.http_session", "_proxy_config"),
        ("_request_signer", "_credentials"),
        ("meta.events._emitter", "_lookup_cache"),
    ],
    ids=lambda missing: missing[1],
)
def test_a_botocore_that_is_built_otherwise_is_left_alone_with_one_warning(
    missing: tuple[str, str],
    new_client: Clients,
    shared: botocore.session.Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(install, "_warned", False)
    client = new_client("http://127.0.0.1:1", session=shared, **KEYS)
    del vars(client)["_make_api_call"]
    owner, name = missing
    with monkeypatch.context() as patch:
        patch.delattr(attrgetter(owner)(client), name)
        with pytest.warns(RuntimeWarning, match="slow way"):
            install.install_short_call(client)
        install.install_short_call(client)
    assert "_make_api_call" not in vars(client)


def test_a_botocore_that_signs_otherwise_is_left_alone_with_one_warning(
    new_client: Clients,
    shared: botocore.session.Session,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    monkeypatch.setattr(install, "_warned", False)
    monkeypatch.setattr("kxmodel.wire.sign._ALGORITHM", "AWS5")
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        with pytest.warns(RuntimeWarning, match="slow way"):
            get(client)
        get(client)
        get(client)
    assert len(server.requests) == 3
    assert not exchanges


WRAPPED_BEFORE = """
import botocore.client, functools
original = botocore.client.BaseClient._make_api_call
{wrap}
from kxmodel.wire import private
print(private.is_watched())
"""


@pytest.mark.parametrize(
    ("wrap", "watched"),
    [
        ("", "False"),
        (
            "@functools.wraps(original)\n"
            "def wrapper(*a, **k): return original(*a, **k)\n"
            "botocore.client.BaseClient._make_api_call = wrapper",
            "True",
        ),
        (
            "class Wrapper:\n"
            "    __code__ = original.__code__\n"
            "    __dict__ = original.__dict__\n"
            "botocore.client.BaseClient._make_api_call = Wrapper()",
            "True",
        ),
    ],
)
def test_who_came_before_us_is_noticed(wrap: str, watched: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRAPPED_BEFORE.format(wrap=wrap)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == watched
