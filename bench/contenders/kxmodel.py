"""The generated models. They derive keys and times, and validate what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxgen import CONTACT, EMAIL, TENANT

import kxmodel
from contenders import REGION, Contender
from kxmodel.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Subject(Contender):
    """Access patterns where there is one, PynamoDB's methods elsewhere."""

    def __init__(self, url: str) -> None:
        self._binding = kxmodel.bind(endpoint_url=url, region=REGION)

    def query(self, count: int) -> Sequence[object]:
        return list(Message.conversation(TENANT, EMAIL, limit=count))

    def get(self, ts: str) -> object:
        return Message.get(CONTACT, ts)

    def scan(self) -> Iterator[object]:
        return iter(Message.scan())

    def save(self, values: dict[str, Any]) -> object:
        message = self.make(values)
        message.save()
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with Message.batch_write() as batch:
            for each in values:
                batch.save(self.make(each))

    def move(self, message: Any, lead: str) -> object:
        return message.update(actions=[Message.lead_id.set(lead)])

    def make(self, values: dict[str, Any]) -> Message:
        return Message(
            tenant_id=values["tenantId"],
            email_lc=values["email_lc"],
            ts=values["ts"],
            source=values["source"],
            direction=values["direction"],
            text=values["text"],
            conversation_id=values["conversation_id"],
            lead_id=values["lead_id"],
            channel_context=values["channel_context"],
            meta=values["meta"],
            created_at=values["created_at"],
        )

    def decode(self, stored: dict[str, Any]) -> object:
        return Message.from_raw_data(stored)

    def encode(self, message: Any) -> object:
        return message.to_item()

    def close(self) -> None:
        self._binding.close()
