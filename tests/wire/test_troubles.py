"""Whichever way a call is sent, its answers, its errors and its attempts are the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import botocore.client
import botocore.session
import pytest
from botocore.exceptions import ClientError

from .calls import GOOD, ITEM, KEY, KEYS, Clients, get, put
from .scripted import CLOSE, HANG, RESET, Server, answer, error, scripted

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
    "a bare line end at last": answer(crc=False, headers={"X-A": "b\n"}),
    "a folded header": answer(headers={"X-A": "b\r\n c"}),
    "no header's name": answer(headers={"X-\xc4": "b"}),
    "an empty name": answer(headers={"": "b"}),
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
        return (
            type(failure).__mro__,
            str(failure),
            type(inner),
            repr(failure.__cause__),
            type(failure.__context__),
        )


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


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_is_told_and_retried_as_by_botocore(
    trouble: str,
    mode: str,
    new_client: Clients,
    shared: botocore.session.Session,
    exchanges: list[str],
) -> None:
    timeout = 0.25 if "timeout" in trouble else 5
    for times, attempts in ((1, 3), (9, 3), (1, 1)):
        short, plain = both(
            new_client,
            [TROUBLES[trouble]] * times,
            [put, get],
            read_timeout=timeout,
            max_attempts=attempts,
            session=shared,
        )
        assert short == plain
    assert len(exchanges) >= 3


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
