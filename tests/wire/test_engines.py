"""Local engines answer the short way as they answer botocore's, and moto answers in the process."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import ClientError

from kxmodel import engines
from kxmodel.errors import EngineError
from kxmodel.testing.ci import skip_or_fail
from kxmodel.wire.call import ShortCall

from .scripted import scripted

Clients = Callable[..., Any]
KEYS = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
ITEM = {
    "pk": {"S": "é\u2028\U0001f600"},
    "n": {"N": "1.50"},
    "b": {"B": b"\x00\x01"},
    "set": {"SS": ["a", "b"]},
    "l": {"L": [{"BOOL": True}, {"NULL": True}, {"M": {"x": {"S": "null"}}}]},
}
KEY = {"pk": ITEM["pk"]}


@pytest.fixture(scope="module", params=["dynoxide", "ministack", "moto"])
def engine(request: pytest.FixtureRequest) -> Iterator[engines.RunningEngine]:
    try:
        found = engines.start(request.param)
    except EngineError as error:
        skip_or_fail(str(error))
    with found:
        yield found


def everything(client: Any) -> list[Any]:
    """The answers and errors of each operation that has a short way."""
    with contextlib.suppress(ClientError):
        client.delete_table(TableName="things")
    client.create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="things", WaiterConfig={"Delay": 0})
    put = {"TableName": "things", "Item": ITEM}
    other = {"pk": {"S": "b"}, "v": {"N": "1"}}
    calls = [
        ("put_item", put),
        ("put_item", {**put, "ReturnConsumedCapacity": "TOTAL"}),
        ("put_item", {**put, "ConditionExpression": "attribute_not_exists(pk)"}),
        ("get_item", {"TableName": "things", "Key": KEY, "ConsistentRead": True}),
        ("get_item", {"TableName": "no-such-table", "Key": KEY}),
        ("get_item", {"TableName": "things", "Key": {"wrong": {"S": "a"}}}),
        (
            "update_item",
            {
                "TableName": "things",
                "Key": KEY,
                "UpdateExpression": "SET v = :v",
                "ExpressionAttributeValues": {":v": {"S": 'quoted "B": null'}},
                "ReturnValues": "ALL_NEW",
            },
        ),
        ("batch_write_item", {"RequestItems": {"things": [{"PutRequest": {"Item": other}}]}}),
        ("batch_get_item", {"RequestItems": {"things": {"Keys": [KEY, {"pk": {"S": "b"}}]}}}),
        ("scan", {"TableName": "things"}),
        (
            "query",
            {
                "TableName": "things",
                "KeyConditionExpression": "pk = :p",
                "ExpressionAttributeValues": {":p": ITEM["pk"]},
            },
        ),
        ("transact_get_items", {"TransactItems": [{"Get": {"TableName": "things", "Key": KEY}}]}),
        ("transact_write_items", {"TransactItems": [{"Put": put}]}),
        (
            "transact_write_items",
            {
                "TransactItems": [
                    {"Put": {**put, "ConditionExpression": "attribute_not_exists(pk)"}}
                ]
            },
        ),
        ("execute_statement", {"Statement": 'SELECT * FROM "things"'}),
        (
            "batch_execute_statement",
            {"Statements": [{"Statement": "SELECT * FROM things WHERE pk='b'"}]},
        ),
        ("delete_item", {"TableName": "things", "Key": KEY, "ReturnValues": "ALL_OLD"}),
    ]
    told = []
    for name, parameters in calls:
        try:
            found = getattr(client, name)(**parameters)
        except ClientError as error:
            found = {**error.response, "kind": type(error).__name__}
        del found["ResponseMetadata"]
        told.append((name, _in_order(found)))
    return told


def _in_order(found: Any) -> Any:
    """Lists of items in one order, since a scan has none."""
    return {
        name: sorted(value, key=_text) if isinstance(value, list) else value
        for name, value in found.items()
    }


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def test_an_engine_answers_both_ways_alike(
    engine: engines.RunningEngine, new_client: Clients, exchanges: list[str]
) -> None:
    plain = everything(new_client(engine.endpoint_url, fast=False, **KEYS))
    assert not exchanges
    short = everything(new_client(engine.endpoint_url, **KEYS))
    assert short == plain
    by_name = dict(short)
    assert by_name["get_item"]["Error"]["Code"] == "ValidationException"
    assert by_name["delete_item"]["Attributes"]["b"] == {"B": b"\x00\x01"}


def test_moto_answers_in_the_process(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    from moto import mock_aws
    from moto.core.models import botocore_stubber

    handlers = [*botocore.handlers.BUILTIN_HANDLERS, ("before-send", botocore_stubber)]
    monkeypatch.setattr("botocore.handlers.BUILTIN_HANDLERS", handlers)
    # Nobody listens there: what is sent at all raises.
    before = new_client(None, fast=True, **KEYS)
    with mock_aws():
        made = new_client(None, **KEYS)
        assert type(made._make_api_call) is ShortCall
        told = everything(made)
        assert dict(told)["batch_get_item"]["Responses"]["things"]
        assert everything(new_client(None, fast=False, **KEYS)) == told
        assert len(everything(before)) == len(told)
    assert not exchanges


def test_moto_that_sleeps_changes_nothing(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    from moto import mock_aws
    from moto.core.models import botocore_stubber

    handlers = [*botocore.handlers.BUILTIN_HANDLERS, ("before-send", botocore_stubber)]
    monkeypatch.setattr("botocore.handlers.BUILTIN_HANDLERS", handlers)
    with scripted() as server:
        client = new_client(server.url, **KEYS)
        client.get_item(TableName="things", Key=KEY)
        client.get_item(TableName="things", Key=KEY)
        assert len(exchanges) == 1
        with mock_aws():
            mocked = new_client(None, **KEYS)
            everything(mocked)
            assert mocked.get_item(TableName="things", Key=KEY)["ResponseMetadata"]
        assert len(exchanges) == 1
        client.get_item(TableName="things", Key=KEY)
        assert len(exchanges) == 2


@pytest.mark.parametrize("fast", [True, False])
def test_a_boto3_session_has_the_short_way(
    fast: bool, new_client: Clients, exchanges: list[str]
) -> None:
    found = engines.start("dynoxide")
    with found:
        session: Any = boto3.Session(region_name="us-east-1", **KEYS)
        client = new_client(found.endpoint_url, session=session, fast=fast)
        with pytest.raises(ClientError):
            client.get_item(TableName="things", Key=KEY)
        with pytest.raises(ClientError):
            client.get_item(TableName="things", Key=KEY)
        others = session.client("dynamodb", endpoint_url=found.endpoint_url)
        assert "_make_api_call" not in vars(others)
    assert len(exchanges) == int(fast)


def test_the_adaptive_mode_goes_botocores_way(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "adaptive")
    with scripted() as server:
        client = new_client(server.url, session=botocore.session.Session(), **KEYS)
        for _ in range(3):
            client.get_item(TableName="things", Key=KEY)
        assert len(server.requests) == 3
    assert not exchanges
