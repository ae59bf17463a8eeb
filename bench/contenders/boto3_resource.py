"""boto3's resource, which reads and writes Python values, and dataclasses. Nothing is validated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
from boto3.dynamodb.conditions import Attr, Key
from kxgen import CONTACT, TABLE, stamp

from contenders import REGION, Contender, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Subject(Contender):
    def __init__(self, url: str) -> None:
        self._table = boto3.resource("dynamodb", endpoint_url=url, region_name=REGION).Table(TABLE)

    def query(self, count: int) -> Sequence[object]:
        page = self._table.query(
            KeyConditionExpression=Key("contact_pk").eq(CONTACT),
            ScanIndexForward=False,
            Limit=count,
        )
        return [records.read(item) for item in page["Items"]]

    def get(self, ts: str) -> object:
        return records.read(self._table.get_item(Key={"contact_pk": CONTACT, "ts": ts})["Item"])

    def scan(self) -> Iterator[object]:
        page = self._table.scan()
        yield from map(records.read, page["Items"])
        while "LastEvaluatedKey" in page:
            page = self._table.scan(ExclusiveStartKey=page["LastEvaluatedKey"])
            yield from map(records.read, page["Items"])

    def save(self, values: dict[str, Any]) -> object:
        message = records.make(values)
        self._table.put_item(Item=records.write(message))
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with self._table.batch_writer() as batch:
            for each in values:
                batch.put_item(Item=records.write(records.make(each)))

    def move(self, message: Any, lead: str) -> object:
        return self._table.update_item(
            Key={"contact_pk": message.contact_pk, "ts": message.ts},
            UpdateExpression="SET lead_id = :lead, GSI2PK = :lead, GSI2SK = :ts, updated_at = :now",
            ConditionExpression=Attr("contact_pk").exists(),
            ExpressionAttributeValues={
                ":lead": lead,
                ":ts": message.ts,
                ":now": stamp(datetime.now(UTC)),
            },
        )
