"""Requests as PynamoDB documents them: batches, transactions, locking, signals, connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pynamodb.connection import Connection, TableConnection
from pynamodb.exceptions import (
    DeleteError,
    InvalidStateError,
    PutError,
    TransactWriteError,
    UpdateError,
)
from pynamodb.models import BatchWrite
from pynamodb.signals import post_dynamodb_send, pre_dynamodb_send
from pynamodb.transactions import TransactGet, TransactWrite

import kxmodel
from tests.runtime.forum import Thread, ids
from tests.runtime.test_saving import rex
from tests.runtime.zoo import Animal

if TYPE_CHECKING:
    from kxmodel.engines import RunningEngine

FREE = {"add_version_condition": False}


def fill(batch: BatchWrite[Thread], forum: str, count: int) -> None:
    """Save threads of a forum in one batch."""
    with batch:
        for number in range(count):
            batch.save(Thread(forum, f"{number:02}"))


def test_batches_split_themselves(threads: type[Thread]) -> None:
    with Thread.batch_write() as batch:
        for number in range(60):
            batch.save(Thread("big", f"{number:02}"))
    with Thread.batch_write() as batch:
        for number in range(0, 60, 2):
            batch.delete(Thread("big", f"{number:02}"))
    keys = [("big", f"{number:02}") for number in range(60)]
    assert sorted(ids(Thread.batch_get(keys, consistent_read=True))) == [
        f"{n:02}" for n in range(1, 60, 2)
    ]
    with pytest.raises(ValueError, match="25"):
        fill(Thread.batch_write(auto_commit=False), "more", 26)
    assert Thread.count("more") == 25


def test_a_batch_sends_again_what_was_not_processed(
    threads: type[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = type(Thread._get_connection())
    send: Any = connection.batch_write_item
    sent: list[int] = []

    def half(self: Any, put_items: Any = None, delete_items: Any = None, **rest: Any) -> Any:
        puts = list(put_items)
        sent.append(len(puts))
        send(self, put_items=puts[:1], delete_items=delete_items, **rest)
        left = [{"PutRequest": {"Item": item}} for item in puts[1:]]
        return {"UnprocessedItems": {self.table_name: left} if left else {}}

    monkeypatch.setattr(connection, "batch_write_item", half)
    with BatchWrite(Thread) as batch:
        for number in range(3):
            batch.save(Thread("again", str(number)))
    assert sent == [3, 2, 1]
    assert ids(Thread.query("again")) == ["0", "1", "2"]
    monkeypatch.setattr(Thread.Meta, "max_retry_attempts", 1, raising=False)
    batch = Thread.batch_write()
    with pytest.raises(PutError, match="max_retry_attempts"):
        fill(batch, "never", 3)
    assert len(batch.failed_operations) == 2


def test_transactions_read_and_write_several_items(zoo: type[Animal]) -> None:
    rex(animal_id="a").save()
    rex(animal_id="b").save()
    b = Animal.get("t1#b", "ANIMAL")
    connection = kxmodel.connection()
    with TransactWrite(connection=connection, client_request_token="once") as write:
        write.condition_check(Animal, "t1#a", "ANIMAL", condition=Animal.name == "Rex")
        new = rex(animal_id="c")
        write.save(new, condition=Animal.pk.does_not_exist())
        write.update(b, actions=[Animal.legs.set(3)], condition=Animal.alive == True)  # noqa: E712
    assert (new.version, b.version) == (1, 2)
    with TransactGet(connection=connection) as read:
        futures = [read.get(Animal, f"t1#{one}", "ANIMAL") for one in "abcd"]
        with pytest.raises(InvalidStateError):
            futures[0].get()
    assert [future.get().legs for future in futures[:3]] == [None, 3, None]
    assert type(futures[0].get()) is Animal
    with pytest.raises(Animal.DoesNotExist):
        futures[3].get()
    with TransactWrite(connection=connection) as write:
        write.delete(new)
    with pytest.raises(Animal.DoesNotExist):
        new.refresh()


def test_a_cancelled_transaction_tells_its_reasons(zoo: type[Animal]) -> None:
    rex(animal_id="a").save()
    rex(animal_id="b").save()
    a, b = Animal.get("t1#a", "ANIMAL"), Animal.get("t1#b", "ANIMAL")
    write = TransactWrite(connection=kxmodel.connection())
    write.update(
        a, actions=[Animal.legs.set(3)], condition=Animal.weight > 50, return_values="ALL_OLD"
    )
    write.update(b, actions=[Animal.legs.set(3)])
    with pytest.raises(TransactWriteError) as caught, write:
        pass
    assert caught.value.cause_response_code == "TransactionCanceledException"
    failed, other = caught.value.cancellation_reasons
    assert failed is not None
    assert failed.code == "ConditionalCheckFailed"
    assert failed.raw_item is not None
    assert Animal.from_item(failed.raw_item).to_item() == a.to_item()
    assert other is None
    assert Animal.get("t1#b", "ANIMAL").legs is None
    write = TransactWrite(connection=kxmodel.connection())
    write.delete(a)
    with pytest.raises(RuntimeError), write:
        raise RuntimeError
    assert Animal.get("t1#a", "ANIMAL").name == "Rex"


def test_optimistic_locking(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    assert animal.version == 1
    stale = Animal.get("t1#a1", "ANIMAL")
    animal.update(actions=[Animal.legs.set(4)])
    assert animal.version == 2
    stale.legs = 3
    with pytest.raises(PutError):
        stale.save()
    with pytest.raises(UpdateError):
        stale.update(actions=[Animal.legs.set(3)])
    with pytest.raises(DeleteError):
        stale.delete()
    with (
        pytest.raises(TransactWriteError),
        TransactWrite(connection=kxmodel.connection()) as transaction,
    ):
        transaction.delete(stale)
    with pytest.raises(PutError):
        rex().save()
    stale.update(actions=[Animal.legs.set(2)], **FREE)
    assert stale.version == 3
    stale.save()
    assert stale.version == 4
    animal.delete(**FREE)


# Signals, connections, settings


def test_signals_are_sent_around_each_request(threads: type[Thread]) -> None:
    before: list[tuple[str, str, Any]] = []
    after: list[tuple[str, str, Any]] = []

    def on_send(sender: Any, operation_name: str, table_name: str, req_uuid: Any) -> None:
        before.append((operation_name, table_name, req_uuid))

    def on_sent(sender: Any, operation_name: str, table_name: str, req_uuid: Any) -> None:
        after.append((operation_name, table_name, req_uuid))

    with pre_dynamodb_send.connected_to(on_send), post_dynamodb_send.connected_to(on_sent):
        thread = Thread("db", "signal")
        thread.save()
        thread.update([Thread.views.set(1)])
        list(Thread.query("db"))
        thread.delete()
    assert before == after
    assert [name for name, _, _ in before] == ["PutItem", "UpdateItem", "Query", "DeleteItem"]
    assert {table for _, table, _ in before} == {Thread.Meta.table_name}


def test_the_low_level_connections_work_beside_models(
    threads: type[Thread], engine: RunningEngine
) -> None:
    name = Thread.Meta.table_name
    own = Connection(
        region="us-east-1",
        host=engine.endpoint_url,
        aws_access_key_id="x",
        aws_secret_access_key="y",
    )
    for connection in (own, kxmodel.connection()):
        assert name in connection.list_tables()["TableNames"]
        connection.add_meta_table(Thread._get_connection().get_meta_table())
        connection.put_item(name, "low", range_key="x", attributes={"views": {"N": "5"}})
        item = connection.get_item(name, "low", range_key="x")["Item"]
        assert item == {"forum": {"S": "low"}, "subject": {"S": "x"}, "views": {"N": "5"}}
        assert Thread.get("low", "x").views == 5
        connection.delete_item(name, "low", range_key="x")
    table = Thread._get_connection()
    assert isinstance(table, TableConnection)
    assert table.query("db")["Count"] == 5


def test_settings_have_pynamodbs_defaults_and_a_meta_has_its_own() -> None:
    assert Thread.Meta.connect_timeout_seconds == 15
    assert Thread.Meta.read_timeout_seconds == 30
    assert Thread.Meta.max_retry_attempts == 3
    assert Thread.Meta.max_pool_connections == 10
    assert Thread.Meta.extra_headers is None
    assert not hasattr(Thread.Meta, "billing_mode")

    class Slow(Thread):
        class Meta(Thread.Meta):
            read_timeout_seconds = 90
            max_retry_attempts = 0

    assert (Slow.Meta.read_timeout_seconds, Slow.Meta.connect_timeout_seconds) == (90, 15)
    with kxmodel.bind(endpoint_url="http://localhost:1", region="us-east-1", max_attempts=9):
        config = Slow._get_connection().connection.client.meta.config
        assert config.read_timeout == 90
        assert config.retries["total_max_attempts"] == 1
        config = Thread._get_connection().connection.client.meta.config
        assert config.retries["total_max_attempts"] == 9
