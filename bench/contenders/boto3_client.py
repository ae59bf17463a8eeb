"""boto3's client with boto3's own (de)serialiser, and dataclasses. Nothing is validated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from kxgen import CONTACT, TABLE, stamp

from contenders import REGION, Contender, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Subject(Contender):
    def __init__(self, url: str) -> None:
        self._client = boto3.client("dynamodb", endpoint_url=url, region_name=REGION)
        self._read = TypeDeserializer().deserialize
        self._write = TypeSerializer().serialize

    def query(self, count: int) -> Sequence[object]:
        page = self._client.query(
            TableName=TABLE,
            KeyConditionExpression="contact_pk = :pk",
            ExpressionAttributeValues={":pk": {"S": CONTACT}},
            ScanIndexForward=False,
            Limit=count,
        )
        return [self.decode(item) for item in page["Items"]]

    def get(self, ts: str) -> object:
        key = {"contact_pk": {"S": CONTACT}, "ts": {"S": ts}}
        return self.decode(self._client.get_item(TableName=TABLE, Key=key)["Item"])

    def scan(self) -> Iterator[object]:
        for page in self._client.get_paginator("scan").paginate(TableName=TABLE):
            yield from map(self.decode, page["Items"])

    def save(self, values: dict[str, Any]) -> object:
        message = records.make(values)
        self._client.put_item(TableName=TABLE, Item=self.encode(message))
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(values), 25):
            puts = [
                {"PutRequest": {"Item": self.encode(records.make(each))}}
                for each in values[start : start + 25]
            ]
            left = {TABLE: puts}
            while left:
                left = self._client.batch_write_item(RequestItems=left)["UnprocessedItems"]

    def move(self, message: Any, lead: str) -> object:
        return self._client.update_item(
            TableName=TABLE,
            Key={"contact_pk": {"S": message.contact_pk}, "ts": {"S": message.ts}},
            UpdateExpression="SET lead_id = :lead, GSI2PK = :lead, GSI2SK = :ts, updated_at = :now",
            ConditionExpression="attribute_exists(contact_pk)",
            ExpressionAttributeValues={
                ":lead": {"S": lead},
                ":ts": {"S": message.ts},
                ":now": {"S": stamp(datetime.now(UTC))},
            },
        )

    def make(self, values: dict[str, Any]) -> object:
        return records.make(values)

    def decode(self, stored: dict[str, Any]) -> object:
        return records.read({name: self._read(value) for name, value in stored.items()})

    def encode(self, message: Any) -> dict[str, Any]:
        return {name: self._write(value) for name, value in records.write(message).items()}
