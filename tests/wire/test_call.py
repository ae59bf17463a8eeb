"""Whichever way a call is sent, its answers, its errors and its attempts are the same."""

from __future__ import annotations

import functools
import http.client
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import botocore.client
import botocore.session
import pytest
import urllib3.connectionpool
from botocore.exceptions import ClientError, ConnectionClosedError
from botocore.stub import Stubber

from kxmodel.wire import install
from kxmodel.wire.call import ShortCall

from .scripted import CLOSE, HANG, RESET, Server, answer, error, scripted

Clients = Callable[..., Any]

ITEM = {"pk": {"S": "é\u2028\U0001f600"}, "n": {"N": "1"}, "l": {"L": [{"BOOL": True}]}}
GOOD = answer({"Item": ITEM, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}})
KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
KEY = {"pk": {"S": "a"}}

THROTTLED = [
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "Throttling",
    "LimitExceededException",
    "TransactionInProgressException",
    "TransactionConflictException",
]
REFUSED = [
    "ConditionalCheckFailedException",
    "ValidationException",
    "ResourceNotFoundException",
    "AccessDeniedException",
    "UnrecognizedClientException",
    "ExpiredTokenException",
    "ItemCollectionSizeLimitExceededException",
    "ReplicatedWriteConflictException",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "MissingAuthenticationTokenException",
    "NeverHeardOfException",
]
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
TRUNCATED = answer({"Item": ITEM}, headers={"Content-Length": "4000"})
#: Name -> what the server answers, again and again.
TROUBLES: dict[str, Any] = {
    **{code: error(code) for code in (*THROTTLED, *REFUSED)},
    "cancelled": error(
        "TransactionCanceledException",
        CancellationReasons=[{"Code": "ConditionalCheckFailed", "Item": ITEM}, {"Code": "None"}],
    ),
    "500": error("InternalServerError", "500 Internal Server Error"),
    "503": error("ServiceUnavailable", "503 Service Unavailable"),
    "502 page": answer(
        b"<html>bad gateway</html>", "502 Bad Gateway", {"Content-Type": "text/html"}
    ),
    "400 page": answer(b"<html>no</html>", "400 Bad Request", crc=False),
    "429": answer(b"", "429 Too Many Requests", {"x-amz-retry-after": "7"}, crc=False),
    "307": answer(b"", "307 Temporary Redirect", {"Location": "http://127.0.0.1:1/"}, crc=False),
    "301": answer(b"", "301 Moved Permanently", {"Location": "http://127.0.0.1:1/"}, crc=False),
    "reset": RESET,
    "closed": CLOSE,
    "timeout": HANG,
    "timeout in the head": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", HANG),
    "timeout in the body": (answer(headers={"Content-Length": "9"}), HANG),
    "reset in the body": (answer(headers={"Content-Length": "9"}), RESET),
    "closed in the status line": (b"HTTP/1.1 2", CLOSE),
    "closed in the head": (b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Le", CLOSE),
    "closed in the body": (TRUNCATED, CLOSE),
    "longer than announced": (answer(b"{}  ", headers={"Content-Length": "2"}, crc=False)),
    "wrong checksum": answer(headers={"x-amz-crc32": "17"}),
    "no checksum": answer(headers={"x-amz-crc32": "seventeen"}),
    "empty": answer(b"", crc=False),
    "200 page": answer(b"<html>logged in?</html>", crc=False),
    "no object": answer(b"[]", crc=False),
    "a null": answer(b'{"Item":null}'),
    "chunked": CHUNKED + b"2\r\n{}\r\n0\r\n\r\n",
    "closed in a chunk": (CHUNKED + b"9\r\n{}", CLOSE),
    "no chunk": (CHUNKED + b"zz\r\n{}", CLOSE),
    "until closed": (answer(headers={"Content-Length": None}), CLOSE),
    "HTTP 1.0": (answer(headers={"Connection": None}).replace(b"HTTP/1.1", b"HTTP/1.0"), CLOSE),
    "closing": (answer(headers={"Connection": "close"}), CLOSE),
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" + answer(),
    "no content": answer(b"", "204 No Content", crc=False),
    "201": answer(status="201 Created"),
    "bare line ends": answer().replace(b"\r\n", b"\n"),
    "a folded header": answer(headers={"X-A": "b\r\n c"}),
    "twice a header": answer(headers={"X-A": "b\r\nX-A: c"}),
    "no header": answer(headers={"X-A": "b\r\nwhat is this"}),
    "no protocol": b"nothing of the kind\r\n\r\n",
    "late body": (answer()[:-2], b"{}"),
}


def told(work: Callable[..., Any], *arguments: Any) -> Any:
    """An answer or an error, with everything that a caller can see of it."""
    try:
        return work(*arguments)
    except ClientError as failure:
        return type(failure).__name__, str(failure), failure.response
    except Exception as failure:
        inner = failure.kwargs.get("error") if hasattr(failure, "kwargs") else None
        return type(failure).__mro__, str(failure), type(inner), repr(type(failure.__cause__))


def sent(server: Server) -> list[Any]:
    """The requests in what cannot differ by chance."""
    return [
        (
            request.line,
            {
                name: value
                for name, value in request.headers.items()
                if name not in ("authorization", "amz-sdk-invocation-id", "x-amz-date", "host")
                and name != "content-length"
            },
            json.loads(request.body),
        )
        for request in server.requests
    ]


@pytest.fixture(params=["legacy", "standard"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_RETRY_MODE", request.param)
    monkeypatch.setattr("random.random", lambda: 0.5)
    return str(request.param)


def both(
    clients: Clients, steps: list[Any], calls: list[Callable[[Any], Any]], **settings: Any
) -> list[tuple[Any, Any]]:
    """What is told and what was sent, by the short way and by botocore's own."""
    outcomes = []
    for fast in (True, False):
        with scripted(GOOD, *steps) as server:
            client = clients(server.url, fast=fast, **KEYS, **settings)
            assert client.meta.config.retries["mode"] == os.environ["AWS_RETRY_MODE"]
            client.get_item(TableName="t", Key=KEY)  # the connection is open from here on
            seen = [told(one, client) for one in calls]
            ids = [request.headers["amz-sdk-invocation-id"] for request in server.requests]
            text = json.dumps(repr((seen, sent(server))))
            outcomes.append((text.replace(server.url, "URL"), [ids.index(one) for one in ids]))
    return outcomes


def get(client: Any) -> Any:
    return client.get_item(TableName="t", Key=KEY)


def put(client: Any) -> Any:
    return client.put_item(TableName="t", Item=ITEM)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_is_told_and_retried_as_by_botocore(
    trouble: str,
    mode: str,
    new_client: Clients,
    shared: botocore.session.Session,
    exchanges: list[str],
) -> None:
    timeout = 0.25 if "timeout" in trouble else 5
    for times in (1, 9):
        short, plain = both(
            new_client,
            [TROUBLES[trouble]] * times,
            [put, get],
            read_timeout=timeout,
            max_attempts=3,
            session=shared,
        )
        assert short == plain
    assert len(exchanges) >= 2


@pytest.mark.parametrize("attempts", [None, 1, 2])
def test_good_answers_are_alike_in_every_mode(
    attempts: int | None,
    mode: str,
    new_client: Clients,
    shared: botocore.session.Session,
    exchanges: list[str],
) -> None:
    steps = [answer({"Item": {"b": {"B": "AAE="}}}), answer(headers={"x-amzn-RequestId": None})]
    short, plain = both(new_client, steps, [get, put], max_attempts=attempts, session=shared)
    assert short == plain
    assert len(exchanges) == 2


def test_attempts_are_as_the_environment_says(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, mode: str, exchanges: list[str]
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "5")
    trouble = [error("ThrottlingException")] * 20
    # A session reads its settings once.
    short, plain = both(new_client, trouble, [put, get])
    assert short == plain
    assert plain[1] == [0, 1, 1, 1, 1, 1, 6, 6, 6, 6, 6]
    assert len(exchanges) == 2


def test_successes_refill_the_quota_of_retries(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    left = []
    for fast in (True, False):
        steps = [GOOD, *[error("ThrottlingException")] * 2, *[GOOD] * 5]
        with scripted(*steps) as server:
            client = new_client(server.url, fast=fast, max_attempts=2, **KEYS)
            get(client)
            with pytest.raises(ClientError):
                get(client)
            for _ in range(4):
                get(client)
            (handler,) = (
                handler
                for handler in client.meta.events._emitter._handlers.prefix_search(
                    "after-call.dynamodb.GetItem"
                )
                if hasattr(handler, "__self__")
            )
            left.append(handler.__self__._quota.available_capacity)
    assert left[0] == left[1] < 500
    assert len(exchanges) == 5


def test_a_transactions_token_stays_the_same_in_every_attempt(
    new_client: Clients, exchanges: list[str]
) -> None:
    with scripted(GOOD, error("TransactionInProgressException")) as server:
        client = new_client(server.url, max_attempts=3, **KEYS)
        get(client)
        given = {"TransactItems": [{"Put": {"TableName": "t", "Item": ITEM}}]}
        client.transact_write_items(**given)
        client.transact_write_items(**given, ClientRequestToken="mine")
    first, again, mine = (json.loads(r.body)["ClientRequestToken"] for r in server.requests[1:])
    assert first == again
    assert len(first) == 36
    assert mine == "mine"
    assert len(exchanges) == 2


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


def test_a_table_named_by_its_arn_goes_where_botocore_sends_it(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t"
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        client.get_item(TableName=arn, Key=KEY)
        client.batch_get_item(RequestItems={arn: {"Keys": [KEY]}})
        client.transact_get_items(TransactItems=[{"Get": {"TableName": arn, "Key": KEY}}])
        assert not exchanges
        client.get_item(TableName="t", Key={"pk": {"S": arn}})
        assert len(exchanges) == 1


def test_headers_for_every_request_are_on_every_request(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    headers = (("X-Tenant", "acme {0} %s"), ("X-Other", "b"))
    with scripted() as server:
        client = new_client(server.url, session=shared, extra_headers=headers, **KEYS)
        for _ in range(3):
            get(client)
    assert len(exchanges) == 2
    assert {r.headers["x-tenant"] for r in server.requests} == {"acme {0} %s"}
    assert {r.headers["x-other"] for r in server.requests} == {"b"}


def test_a_lambda_functions_requests_carry_its_trace(
    new_client: Clients,
    shared: botocore.session.Session,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "f")
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        for trace in ("Root=1-a", "Root=1-b\r\nX-Evil: 1", "Root=1-c"):
            monkeypatch.setenv("_X_AMZN_TRACE_ID", trace)
            get(client)
        monkeypatch.delenv("_X_AMZN_TRACE_ID")
        get(client)
    assert [r.headers.get("x-amzn-trace-id") for r in server.requests] == [
        "Root=1-a",
        "Root=1-b%0D%0AX-Evil:%201",
        "Root=1-c",
        None,
    ]
    assert not any("x-evil" in r.headers for r in server.requests)
    assert len(exchanges) == 3


def test_other_operations_go_botocores_way(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    with scripted(GOOD, GOOD, answer({"TableNames": ["t"]})) as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        assert client.list_tables()["TableNames"] == ["t"]
        assert client._make_api_call.__class__ is ShortCall
    assert len(exchanges) == 1


def test_threads_share_a_client(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    def own(number: int) -> bytes:
        return answer({"Item": {"n": {"N": str(number)}}})

    with scripted() as server:
        server.good = own(7)
        client = new_client(server.url, session=shared, max_pool_connections=4, **KEYS)
        wrong: list[object] = []

        def work() -> None:
            for _ in range(30):
                try:
                    if get(client)["Item"] != {"n": {"N": "7"}}:
                        wrong.append("item")
                except Exception as failure:
                    wrong.append(failure)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        assert len(server.requests) == 240
        assert len({r.headers["amz-sdk-invocation-id"] for r in server.requests}) == 240
    assert len(exchanges) > 100


def test_a_closed_client_connects_anew(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        client.close()
        get(client)
        get(client)
        assert [r.connection for r in server.requests] == [1, 1, 2, 2]
    assert len(exchanges) == 2


def test_a_connection_that_the_server_closed_meanwhile_is_not_used(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    with scripted(GOOD, (GOOD, CLOSE)) as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        threading.Event().wait(0.1)
        get(client)
        assert [r.connection for r in server.requests] == [1, 1, 2]
        attempts = {r.headers["amz-sdk-request"].split(";")[0] for r in server.requests}
        assert attempts == {"attempt=1"}


def test_where_botocore_wants_whole_bodies_the_short_way_does(
    new_client: Clients,
    shared: botocore.session.Session,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    monkeypatch.setattr("kxmodel.wire.exchange.SHORT_BODIES", False)
    short = answer({"Item": ITEM}, headers={"Content-Length": "4000"}, crc=False)
    with scripted(GOOD, (short, CLOSE)) as server:
        client = new_client(server.url, session=shared, max_attempts=1, **KEYS)
        get(client)
        with pytest.raises(ConnectionClosedError):
            get(client)
    assert len(exchanges) == 1


def test_an_interrupted_call_leaves_no_half_read_connection(
    new_client: Clients, shared: botocore.session.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted() as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        server.steps = [answer({"Item": KEY})]

        def interrupted(*_: Any) -> Any:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("kxmodel.wire.exchange._read", interrupted)
            with pytest.raises(KeyboardInterrupt):
                get(client)
        assert "Item" not in get(client)
        assert [r.connection for r in server.requests] == [1, 1, 2]


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
