"""dyntastic's model, a pydantic model over boto3's resource; it validates."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dyntastic import A, Dyntastic
from kxgen import CONTACT, TABLE, stamp

from contenders import REGION, Contender
from contenders.pydantic_fields import MessageFields, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Message(MessageFields, Dyntastic):
    __table_name__ = TABLE
    __hash_key__ = "contact_pk"
    __range_key__ = "ts"
    __table_region__ = REGION

    def model_dump(self, **kwargs: Any) -> dict[str, Any]:
        """With numbers as Decimal: dyntastic hands them on to boto3, which takes no float."""
        exact: dict[str, Any] = _exact(super().model_dump(**kwargs))
        return exact


class Subject(Contender):
    def __init__(self, url: str) -> None:
        Message.__table_host__ = url

    def query(self, count: int) -> Sequence[object]:
        return Message.query_page(CONTACT, per_page=count, scan_index_forward=False).items

    def get(self, ts: str) -> object:
        return Message.get(CONTACT, ts)

    def scan(self) -> Iterator[object]:
        return Message.scan()

    def save(self, values: dict[str, Any]) -> object:
        message = Message(**with_keys(values))
        message.save()
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with Message.batch_writer():
            for each in values:
                Message(**with_keys(each)).save()

    def move(self, message: Any, lead: str) -> object:
        return message.update(
            A.lead_id.set(lead),
            A.GSI2PK.set(lead),
            A.GSI2SK.set(message.ts),
            A.updated_at.set(stamp(datetime.now(UTC))),
            condition=A.contact_pk.exists(),
            refresh=False,
        )


def _exact(value: Any) -> Any:
    if type(value) is float:
        return Decimal(repr(value))
    if type(value) is dict:
        return {name: _exact(each) for name, each in value.items()}
    return value
