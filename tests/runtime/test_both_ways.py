"""What PynamoDB documents works on generated models with the fast path on and off.

Off is `KXMODEL_FAST=0`: attributes read and write each value by themselves, and botocore serialises
requests and parses responses by its shapes.
"""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pynamodb.exceptions import (
    DoesNotExist,
    PutError,
    QueryError,
    TransactWriteError,
    UpdateError,
)
from pynamodb.transactions import TransactGet, TransactWrite

import kxmodel
from kxmodel.errors import ValidationFailed
from kxmodel.models import Message, Persona
from kxmodel.models.messages import ChannelContext, MessageMeta, SmsContext
from kxmodel.runtime.attributes import codecs
from kxmodel.wire.install import SWITCH
from kxmodel.wire.parser import ItemParser
from kxmodel.wire.serializer import ItemSerializer
from tests.runtime.worlds import WORLDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine


@pytest.fixture(params=["fast", "ordinary"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """One of the two ways."""
    if request.param == "ordinary":
        monkeypatch.setenv(SWITCH, "0")
        monkeypatch.setattr(codecs, "_wanted", False)
    return str(request.param)


@pytest.fixture
def messages(way: str, engine: RunningEngine) -> Iterator[type[Message]]:
    """The table of messages, with five of two contacts."""
    Message.create_table(wait=True)
    with Message.batch_write() as batch:
        for number in range(5):
            batch.save(message(f"text {number}", email_lc=f"{'ab'[number % 2]}@example.com"))
    yield Message
    Message.delete_table()


def message(text: str = "hello", **more: Any) -> Message:
    given: dict[str, Any] = {
        "tenant_id": "acme",
        "email_lc": "kim@example.com",
        "source": "sms",
        "direction": "inbound",
        "text": text,
        "channel_context": ChannelContext(sms=SmsContext(phone_number="+19545550100", segments=2)),
        "meta": MessageMeta(processing_time_ms=12, sentiment={"score": 0.25, "label": "fine"}),
    }
    return Message(**{**given, **more})


def raw(key: Message) -> Any:
    client = Message._get_connection().connection.client
    name = Message.Meta.table_name
    key_of = {"contact_pk": {"S": key.contact_pk}, "ts": {"S": key.ts}}
    return client, name, key_of


def test_each_way_is_the_one_it_says(way: str, engine: RunningEngine) -> None:
    client: Any = Message._get_connection().connection.client
    parser = client._endpoint._response_parser_factory.create_parser("json")
    fast = way == "fast"
    assert isinstance(parser, ItemParser) is fast
    assert isinstance(client._serializer, ItemSerializer) is fast
    assert (codecs.codec_of(Message) is not None) is fast


def test_save_get_refresh_and_delete(messages: type[Message]) -> None:
    one = message(lead_id="lead-1")
    one.save()
    found = Message.get(one.contact_pk, one.ts, consistent_read=True)
    assert found.to_item() == one.to_item()
    assert found.created_at == one.created_at
    assert found.created_at.tzinfo is UTC
    assert found.channel_context.sms.segments == 2
    assert found.meta.sentiment.score == 0.25
    assert found.conversation_id is None
    found.text = "changed"
    found.meta.sentiment.label = "glad"
    found.save()
    one.refresh()
    assert (one.text, one.meta.sentiment.label) == ("changed", "glad")
    one.delete()
    with pytest.raises(DoesNotExist):
        Message.get(one.contact_pk, one.ts)
    with pytest.raises(DoesNotExist):
        one.refresh()


def test_what_is_not_declared_and_exact_digits_survive(messages: type[Message]) -> None:
    one = message()
    one.save()
    client, name, key = raw(one)
    odd = (
        {"N": "1.10"},
        {"B": b"\x00\xff"},
        {"M": {"deep": {"L": [{"BS": [b"a"]}, {"NULL": True}]}}},
    )
    client.put_item(
        TableName=name,
        Item={**one.to_item(), **dict(zip("xyz", odd, strict=True)), "text": {"N": "5"}},
    )
    found = Message.get(one.contact_pk, one.ts)
    assert found.text == 5
    assert found.kx.extra == {"x": 1.1, "y": b"\x00\xff", "z": {"deep": [{b"a"}, None]}}
    found.text = "text again"
    found.save()
    stored = client.get_item(TableName=name, Key=key)["Item"]
    assert stored["y"] == {"B": b"\x00\xff"}
    assert stored["z"] == odd[2]
    assert Message.get(one.contact_pk, one.ts).text == "text again"


def test_queries(messages: type[Message]) -> None:
    key = "acme#a@example.com"
    assert [m.text for m in Message.query(key)] == ["text 0", "text 2", "text 4"]
    assert [m.text for m in Message.query(key, scan_index_forward=False, limit=2)] == [
        "text 4",
        "text 2",
    ]
    third = next(iter(Message.query(key, limit=1)))
    assert Message.count(key, Message.ts > third.ts) == 2
    filtered = Message.query(key, filter_condition=Message.text.contains("4"))
    assert [m.text for m in filtered] == ["text 4"]
    nested = Message.query(key, filter_condition=Message.channel_context.sms.segments == 2)
    assert len(list(nested)) == 3
    (part,) = Message.query(key, limit=1, attributes_to_get=["contact_pk", "ts", "text"])
    assert (part.text, part.source) == ("text 0", None)
    assert len(list(Message.gsi1.query("acme"))) == 5
    pages = Message.query(key, page_size=1, limit=2)
    assert len(list(pages)) == 2
    assert pages.last_evaluated_key is not None
    page = Message.recent("acme", limit=3)
    assert [m.text for m in page] == ["text 4", "text 3", "text 2"]
    assert len(list(Message.recent("acme", limit=3, cursor=page.cursor))) == 2


def test_scans(messages: type[Message]) -> None:
    assert sorted(m.text for m in Message.scan()) == [f"text {n}" for n in range(5)]
    parts = [m.text for n in range(2) for m in Message.scan(segment=n, total_segments=2)]
    assert len(parts) == 5
    assert [m.text for m in Message.scan(Message.text == "text 3")] == ["text 3"]


def test_updates_and_conditions(messages: type[Message]) -> None:
    one = message()
    one.save(Message.ts.does_not_exist())
    with pytest.raises(PutError) as refused:
        message(ts=one.ts).save(Message.ts.does_not_exist())
    assert refused.value.cause_response_code == "ConditionalCheckFailedException"
    one.update([Message.text.set("new"), Message.lead_id.set("lead-2")])
    assert (one.text, one.gsi2_pk) == ("new", "lead-2")
    one.update([Message.lead_id.remove(), Message.meta.processing_time_ms.set(99)])
    assert Message.get(one.contact_pk, one.ts).meta.processing_time_ms == 99
    assert Message.get(one.contact_pk, one.ts).gsi2_pk is None
    with pytest.raises(UpdateError):
        one.update([Message.text.set("x")], condition=Message.text == "other")
    with pytest.raises(ValidationFailed):
        one.update([Message.source.set("pigeon")])


def test_batches(messages: type[Message]) -> None:
    many = [message(f"m{n}") for n in range(30)]
    with Message.batch_write() as batch:
        for one in many:
            batch.save(one)
    keys = [(one.contact_pk, one.ts) for one in many]
    found = {m.ts: m.to_item() for m in Message.batch_get(keys)}
    assert found == {one.ts: one.to_item() for one in many}
    with Message.batch_write() as batch:
        for one in many:
            batch.delete(one)
    assert list(Message.batch_get(keys)) == []


def test_transactions(messages: type[Message]) -> None:
    connection = kxmodel.connection()
    one, two = message("one"), message("two", email_lc="b2@example.com")
    with TransactWrite(connection=connection) as transaction:
        transaction.save(one)
        transaction.save(two, condition=Message.ts.does_not_exist())
    with TransactGet(connection=connection) as transaction:
        futures = [transaction.get(Message, m.contact_pk, m.ts) for m in (one, two)]
    assert [future.get().text for future in futures] == ["one", "two"]
    with pytest.raises(TransactWriteError) as refused:
        change_if(one, two, Message.text == "other")
    codes = [reason and reason.code for reason in refused.value.cancellation_reasons]
    assert sorted(map(str, codes)) == ["ConditionalCheckFailed", "None"]
    change_if(one, two, Message.text == "two")
    assert Message.get(one.contact_pk, one.ts).text == "changed"


def change_if(changed: Message, checked: Message, condition: Any) -> None:
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(changed, [Message.text.set("changed")])
        transaction.condition_check(Message, checked.contact_pk, checked.ts, condition=condition)


def test_forms_of_an_item(way: str) -> None:
    one = message()
    one.serialize()
    item = one.to_item()
    again = Message.from_item(item)
    assert again.to_item() == item == Message.from_raw_data(item).to_item()
    assert Message.from_json(one.to_json()).to_item() == item
    assert again.to_simple_dict()["text"] == "hello"
    assert again.to_dynamodb_dict() == item
    for twin in (copy.copy(again), copy.deepcopy(again), pickle.loads(pickle.dumps(again))):
        assert twin.to_item() == item
        assert twin.meta == again.meta
    inner = copy.deepcopy(again.channel_context.sms)
    assert inner == again.channel_context.sms
    assert inner.segments == 2
    assert list(again.channel_context.sms) == ["phone_number", "segments"]
    assert repr(inner) == repr(again.channel_context.sms)


def test_what_is_wrong_is_told_at_once(way: str) -> None:
    bad = message(source="pigeon", email_lc="no address", text=5)
    with pytest.raises(ValidationFailed) as refused:
        bad.serialize()
    assert {problem.path[0] for problem in refused.value.problems} == {"source", "email_lc", "text"}


def test_errors_of_the_service(way: str, engine: RunningEngine) -> None:
    with pytest.raises(QueryError) as missing:
        list(Message.query("nobody"))
    assert missing.value.cause_response_code == "ResourceNotFoundException"


def test_a_deep_model(way: str, engine: RunningEngine) -> None:
    Persona.create_table(wait=True)
    one = Persona(**WORLDS["Persona"].start("someone"))
    one.save()
    (found,) = Persona.scan()
    assert found.to_item() == one.to_item()
    assert isinstance(found.updated_at, datetime)
    Persona.delete_table()
