from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import UsageError, ValidationFailed, ValueRefused
from kxmodel.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine

WHOSE: dict[str, Any] = {"tenant_id": "t1", "email_lc": "a@b.co"}
TOLD: dict[str, Any] = {"source": "chat", "direction": "inbound", "text": "x"}
LATEST = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
ULID = "01HM6AQH200000000000000000"
MADE = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
ILL = "01HKQR5J9X8M2N3P4Q5R6S7T8U"


@pytest.fixture
def messages(engine: RunningEngine) -> Iterator[type[Message]]:
    Message.create_table(wait=True)
    yield Message
    Message.delete_table()


def test_a_ulid_whose_time_no_timestamp_can_be_is_refused() -> None:
    message = Message(**WHOSE, **TOLD, ts=LATEST)
    with pytest.raises(ValidationFailed, match="after the year 9999") as caught:
        message.serialize()
    assert [problem.pointer for problem in caught.value.problems] == ["ts"]


def test_an_upsert_creates_no_message_that_a_save_would_refuse(messages: type[Message]) -> None:
    actions = [getattr(messages, name).set(value) for name, value in TOLD.items()]
    for ts, told in ((LATEST, "9999"), (ILL, "alphabet")):
        with pytest.raises(ValidationFailed, match=told):
            messages(**WHOSE, ts=ts).update(actions=actions, upsert=True)
    at = messages.created_at.set(datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(ValidationFailed, match="the time inside it is 2024"):
        messages(**WHOSE, ts=ULID).update(actions=[*actions, at], upsert=True)
    assert not messages.conversation("t1", "a@b.co")
    message = messages(**WHOSE, ts=ULID)
    message.update(actions=[*actions, messages.created_at.set(MADE)], upsert=True)
    assert message.created_at == MADE


def test_a_stored_message_with_an_ill_ulid_is_found_and_changed(messages: type[Message]) -> None:
    item = messages(**WHOSE, **TOLD, ts=ULID).serialize()
    item |= {"ts": {"S": ILL}, "GSI1SK": {"S": ILL}}
    client: Any = messages._get_connection().connection.client
    client.put_item(TableName=messages.Meta.table_name, Item=item)
    found = messages.find("t1", "a@b.co", ILL)
    assert found is not None
    assert found.to_item() == item
    assert [problem.pointer for problem in found.kx.validate()] == ["ts"]
    assert len(messages.conversation("t1", "a@b.co", le=ILL)) == 1
    assert not messages.conversation("t1", "a@b.co", lt=ILL)
    found.update(actions=[messages.text.set("y")])
    messages(**WHOSE, ts=ILL).update(actions=[messages.text.set("z")], upsert=True)
    assert messages.conversation("t1", "a@b.co")[0].text == "z"


def test_find_says_which_argument_it_cannot_take(messages: type[Message]) -> None:
    with pytest.raises(ValueRefused, match=r"^Message.find, argument ts: KX311 'nope'"):
        messages.find("t1", "a@b.co", "nope")
    with pytest.raises(UsageError, match=r"^Message.find, argument tenantId: KX408 .* is empty"):
        messages.find("", "a@b.co", ULID)


def test_a_refused_save_leaves_nothing_generated_behind() -> None:
    message = Message(**{**WHOSE, **TOLD, "source": "fax"})
    with pytest.raises(ValidationFailed, match="source"):
        message.serialize()
    message.source = "chat"
    message.created_at = MADE
    assert message.serialize()["created_at"] == {"S": "2024-01-15T10:30:00.000Z"}
    assert message.ts.startswith("01HM6AQH20")
