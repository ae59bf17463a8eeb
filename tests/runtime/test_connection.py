"""PynamoDB's connections under a binding."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

import pytest
from botocore.handlers import BUILTIN_HANDLERS
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection.base import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.signals import post_dynamodb_send, pre_dynamodb_send
from pynamodb.transactions import TransactWrite

from kxmodel.runtime.binding import bind, current
from kxmodel.runtime.connection import connection, table_connection
from kxmodel.runtime.meta import IndexMeta, TableMeta

from ..wire.scripted import answer, scripted


@pytest.fixture(autouse=True)
def _restored():
    with bind(endpoint_url="http://localhost:1", region="us-east-1", table_prefix=None):
        yield


class ByScore(GlobalSecondaryIndex):
    class Meta(IndexMeta):
        index_name = "GSI1"
        projection = AllProjection()

    kind = UnicodeAttribute(hash_key=True)
    score = NumberAttribute(range_key=True)


class Thing(Model):
    class Meta(TableMeta):
        table_name = "things"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    score = NumberAttribute(null=True)
    by_score = ByScore()

    @classmethod
    def _get_connection(cls):
        return table_connection(cls)


class SpecialThing(Thing):
    colour = UnicodeAttribute(null=True)


def listen(client):
    """The requests that a client would send, each refused before it leaves."""
    seen = []

    def refuse(params, model, **_):
        seen.append((model.name, params))
        raise ConnectionAbortedError

    client.meta.events.register("before-call.dynamodb.*", refuse)
    return seen


def test_the_connection_is_kept_while_the_binding_is():
    first = table_connection(Thing)
    assert table_connection(Thing) is first
    assert table_connection(SpecialThing) is not first
    assert first.connection.client is current().client()
    assert table_connection(SpecialThing).connection.client is current().client()


def test_binding_anew_reaches_connected_models():
    first = table_connection(Thing)
    with bind(endpoint_url="http://localhost:2", table_prefix="dev-"):
        second = table_connection(Thing)
        assert second.table_name == "dev-things"
        assert second.connection.client.meta.endpoint_url == "http://localhost:2"
        # One that was taken before stays where it was: name and endpoint always agree.
        assert first.table_name == "things"
        assert first.connection.client.meta.endpoint_url == "http://localhost:1"
    assert table_connection(Thing) is first


def test_an_assigned_table_name_is_noticed():
    assert table_connection(Thing).table_name == "things"
    Thing.Meta.table_name = "other"
    try:
        assert table_connection(Thing).table_name == "other"
        assert table_connection(Thing).get_meta_table().table_name == "other"
    finally:
        del Thing.Meta.table_name
    assert table_connection(Thing).table_name == "things"


def test_the_meta_table_has_keys_indexes_and_types():
    meta = table_connection(Thing).get_meta_table()
    assert (meta.hash_keyname, meta.range_keyname) == ("pk", "sk")
    assert meta.get_index_hash_keyname("GSI1") == "kind"
    assert meta.get_index_range_keyname("GSI1") == "score"
    assert meta.get_attribute_type("score") == "N"


def test_meta_of_the_user_comes_before_the_binding(monkeypatch):
    monkeypatch.setattr(Thing.Meta, "host", "http://localhost:3", raising=False)
    monkeypatch.setattr(Thing.Meta, "read_timeout_seconds", 5, raising=False)
    monkeypatch.setattr(Thing.Meta, "max_retry_attempts", 1, raising=False)
    monkeypatch.setattr(Thing.Meta, "extra_headers", {"X-A": "b"}, raising=False)
    monkeypatch.setattr(Thing.Meta, "aws_access_key_id", "k", raising=False)
    monkeypatch.setattr(Thing.Meta, "aws_secret_access_key", "s", raising=False)
    client = table_connection(Thing).connection.client
    assert client.meta.endpoint_url == "http://localhost:3"
    assert client.meta.region_name == "us-east-1"
    assert client.meta.config.read_timeout == 5
    assert client.meta.config.retries["total_max_attempts"] == 2
    assert client._request_signer._credentials.access_key == "k"
    assert client is not current().client()
    assert table_connection(Thing).connection.client is client


def test_operations_carry_the_bound_name():
    with bind(table_prefix="dev-"):
        seen = listen(current().client())
        with pytest.raises(ConnectionAbortedError):
            Thing("a", "b").save()
        with pytest.raises(ConnectionAbortedError):
            list(Thing.by_score.query("x"))
        with pytest.raises(ConnectionAbortedError), Thing.batch_write() as batch:
            batch.save(Thing("a", "b"))
        with (
            pytest.raises(ConnectionAbortedError),
            TransactWrite(connection=connection()) as transaction,
        ):
            transaction.save(Thing("a", "b"))
    names = [name for name, _ in seen]
    assert names == ["PutItem", "Query", "BatchWriteItem", "TransactWriteItems"]
    assert all("dev-things" in str(params["body"]) for _, params in seen)


def test_a_connection_for_transactions_follows_the_binding():
    kept = connection()
    assert kept.client.meta.endpoint_url == "http://localhost:1"
    with bind(endpoint_url="http://localhost:2"):
        assert kept.client.meta.endpoint_url == "http://localhost:2"
    assert "localhost:1" in repr(kept)


def test_a_model_without_a_table_name_is_told():
    class Nameless(Model):
        pk = UnicodeAttribute(hash_key=True)

    class Unnamed(Model):
        class Meta(TableMeta):
            pass

        pk = UnicodeAttribute(hash_key=True)

    for model in (Nameless, Unnamed):
        with pytest.raises(AttributeError, match="table_name"):
            table_connection(model)


def test_a_client_without_credentials_looks_for_them_again(monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with bind(endpoint_url="http://10.0.0.1:1", region="us-east-1"):
        first = current().client()
        assert current().client() is not first
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        found = current().client()
        assert current().client() is found


def answered(client, answer):
    """The requests of a client, each answered in its place; by `before-call`, the ordinary way."""
    seen = []

    def reply(params, model, **_):
        seen.append((model.name, json.loads(params["body"])))
        return SimpleNamespace(status_code=200), dict(answer)

    client.meta.events.register("before-call.dynamodb.*", reply)
    return seen


def test_requests_are_pynamodbs_whether_or_not_anybody_listens(caplog):
    def everything():
        with bind(table_prefix="x-"):
            seen = answered(
                current().client(), {"Items": [], "ScannedCount": 0, "Count": 0, "Table": {}}
            )
            Thing("a", "b").save()
            list(Thing.query("a"))
            table_connection(Thing).connection.dispatch("DescribeTable", {"TableName": "x"})
            table_connection(Thing).connection.dispatch(
                "GetItem", {"TableName": "x", "ReturnConsumedCapacity": "NONE"}
            )
        return seen

    quiet = everything()
    assert [request.get("ReturnConsumedCapacity") for _, request in quiet] == [
        "TOTAL",
        "TOTAL",
        None,
        "NONE",
    ]
    heard = []

    def listen(_, operation_name, **__):
        heard.append(operation_name)

    with pre_dynamodb_send.connected_to(listen):
        assert everything() == quiet
    with post_dynamodb_send.connected_to(listen):
        assert everything() == quiet
    assert heard == [name for name, _ in quiet] * 2
    with caplog.at_level(logging.DEBUG, "pynamodb.connection.base"):
        assert everything() == quiet
    assert any("Calling PutItem" in record.getMessage() for record in caplog.records)


def test_who_wraps_pynamodbs_dispatch_sees_every_request(monkeypatch):
    original = Connection.dispatch
    seen = []

    def dispatch(self, operation_name, operation_kwargs):
        seen.append(operation_name)
        return original(self, operation_name, operation_kwargs)

    answered(current().client(), {})
    monkeypatch.setattr(Connection, "dispatch", dispatch)
    Thing("a", "b").save()
    assert seen == ["PutItem"]


def test_a_page_comes_item_by_item():
    page = {"Items": [{"pk": {"S": "a"}}], "Count": 1}
    seen = answered(current().client(), page)
    asked = {"TableName": "things"}
    answer, items = table_connection(Thing).connection.dispatch_items("Scan", asked)
    assert answer == {"Count": 1}
    assert [*items] == [({"pk": {"S": "a"}}, None)]
    assert seen == [("Scan", {"TableName": "things", "ReturnConsumedCapacity": "TOTAL"})]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ('{"pk":{"S":"a"},"n":{"N":"1.50"}}', {"pk": {"S": "a"}, "n": {"N": "1.50"}}),
        ('{"pk":{"S":"a"},"b":{"B":"AAE="}}', {"pk": {"S": "a"}, "b": {"B": b"\x00\x01"}}),
    ],
)
def test_a_page_that_came_the_short_way_has_its_texts(monkeypatch, text, item):
    page = answer(b'{"Count":1,"Items":[%b],"ScannedCount":3}' % text.encode())
    with scripted(page, page) as server:
        own = [entry for entry in BUILTIN_HANDLERS if entry[1].__module__.startswith("botocore.")]
        monkeypatch.setattr("botocore.handlers.BUILTIN_HANDLERS", own)
        with bind(endpoint_url=server.url):
            connection = table_connection(Thing).connection
            for _ in range(2):
                found, items = connection.dispatch_items("Scan", {"TableName": "things"})
    assert (found["Count"], found["ScannedCount"]) == (1, 3)
    # A text has binary in base64, and so does not say what the item says.
    assert [*items] == [(item, None if "b" in item else text)]
