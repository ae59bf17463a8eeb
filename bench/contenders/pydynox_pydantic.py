"""pydynox with a pydantic model, which validates. What its integration lacks goes by its client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxgen import CONTACT, TABLE
from pydynox import DynamoDBClient, SyncBatchWriter
from pydynox.integrations.pydantic import dynamodb_model

from contenders import REGION, Contender
from contenders.pydantic_fields import MessageFields, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dynamodb_model(table=TABLE, partition_key="contact_pk", sort_key="ts")
class Message(MessageFields):
    pass


class Subject(Contender):
    def __init__(self, url: str) -> None:
        self._client = DynamoDBClient(
            region=REGION, access_key="bench", secret_key="bench", endpoint_url=url
        )
        Message._set_client(self._client)

    def query(self, count: int) -> Sequence[object]:
        found = self._client.sync_query(
            TABLE,
            key_condition_expression="contact_pk = :pk",
            expression_attribute_values={":pk": CONTACT},
            limit=count,
            scan_index_forward=False,
        )
        return [Message.model_validate(item) for item in found]

    def get(self, ts: str) -> object:
        return Message.sync_get(contact_pk=CONTACT, ts=ts)

    def scan(self) -> Iterator[object]:
        return map(Message.model_validate, self._client.sync_scan(TABLE))

    def save(self, values: dict[str, Any]) -> object:
        message = Message(**with_keys(values))
        message.sync_save()
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with SyncBatchWriter(self._client, TABLE) as batch:
            for each in values:
                batch.put(Message(**with_keys(each)).model_dump())
