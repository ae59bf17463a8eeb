"""pydynox's models; maps are dictionaries. Nothing is validated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kxgen import CONTACT, TABLE, instant, stamp
from pydynox import DynamoDBClient, Model, ModelConfig, SyncBatchWriter
from pydynox.attributes import DatetimeAttribute, MapAttribute, StringAttribute

from contenders import REGION, Contender

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class InstantAttribute(DatetimeAttribute):
    """A time as KxGen stores it."""

    def serialize(self, value: datetime | None) -> str | None:
        return None if value is None else stamp(value)


class MetaAttribute(MapAttribute):
    """A message's metadata with its time as a time."""

    def serialize(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is None or "processedAt" not in value:
            return value
        return {**value, "processedAt": stamp(value["processedAt"])}

    def deserialize(self, value: Any) -> Any:
        if value is not None and "processedAt" in value:
            value["processedAt"] = instant(value["processedAt"])
        return value


class Message(Model):
    model_config = ModelConfig(table=TABLE)

    contact_pk = StringAttribute(partition_key=True, template="{tenantId}#{email_lc}")
    ts = StringAttribute(sort_key=True)
    tenantId = StringAttribute()
    email_lc = StringAttribute()
    source = StringAttribute()
    direction = StringAttribute()
    text = StringAttribute()
    conversation_id = StringAttribute()
    lead_id = StringAttribute()
    channel_context = MapAttribute()
    meta = MetaAttribute()
    GSI1PK = StringAttribute(template="{tenantId}")
    GSI1SK = StringAttribute(template="{ts}")
    GSI2PK = StringAttribute(template="{lead_id}")
    GSI2SK = StringAttribute(template="{ts}")
    created_at = InstantAttribute()
    updated_at = InstantAttribute()


class Subject(Contender):
    def __init__(self, url: str) -> None:
        self._client = DynamoDBClient(
            region=REGION, access_key="bench", secret_key="bench", endpoint_url=url
        )
        Message.model_config = ModelConfig(table=TABLE, client=self._client)

    def query(self, count: int) -> Sequence[object]:
        return list(Message.sync_query(CONTACT, limit=count, scan_index_forward=False))

    def get(self, ts: str) -> object:
        return Message.sync_get(contact_pk=CONTACT, ts=ts)

    def scan(self) -> Iterator[object]:
        return iter(Message.sync_scan())

    def save(self, values: dict[str, Any]) -> object:
        message = self.make(values)
        message.sync_save()
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with SyncBatchWriter(self._client, TABLE) as batch:
            for each in values:
                batch.put(self.make(each).to_dict())

    def move(self, message: Any, lead: str) -> object:
        return message.sync_update(
            lead_id=lead,
            GSI2PK=lead,
            GSI2SK=message.ts,
            updated_at=datetime.now(UTC),
            condition=Message.contact_pk.exists(),
        )

    def make(self, values: dict[str, Any]) -> Message:
        meta = values["meta"]
        if "processedAt" in meta:
            meta = {**meta, "processedAt": instant(meta["processedAt"])}
        return Message(**{**values, "meta": meta, "updated_at": datetime.now(UTC)})
