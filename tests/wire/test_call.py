"""What calls carry, and what becomes of their connections."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from typing import Any

import botocore.client
import botocore.session
import pytest
from botocore.exceptions import ConnectionClosedError

from kxmodel.runtime.client import ClientSettings, make_client
from kxmodel.wire.call import ShortCall

from .calls import GOOD, ITEM, KEY, KEYS, Clients, get
from .scripted import CLOSE, answer, scripted


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


def test_a_client_that_nobody_holds_is_gone_with_its_connections(
    monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    with scripted() as server:
        client: Any = make_client(ClientSettings(server.url, "us-east-1", **KEYS), None)
        get(client)
        get(client)
        gc.collect()
        gc.disable()
        try:
            gone = weakref.ref(client), weakref.ref(client._endpoint.http_session)
            del client
            assert [one() for one in gone] == [None, None]
        finally:
            gc.enable()
    assert len(exchanges) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_not_used(
    new_client: Clients, shared: botocore.session.Session, exchanges: list[str]
) -> None:
    with scripted(GOOD, (GOOD, CLOSE)) as server:
        client = new_client(server.url, session=shared, **KEYS)
        get(client)
        get(client)
        while not server.closed:
            time.sleep(0.01)
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
        for _ in range(500):  # its answer is its own only if the server has seen it
            if len(server.requests) == 2:
                break
            time.sleep(0.01)
        assert "Item" not in get(client)
        assert [r.connection for r in server.requests] == [1, 1, 2]
