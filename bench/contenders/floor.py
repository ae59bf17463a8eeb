"""What nobody can do without: one open connection, a signed request, `json`.

Signed as AWS describes it for Signature Version 4
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). What it reads
are dictionaries in DynamoDB's JSON, and what it writes is made beforehand.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kxgen import CONTACT, TABLE, stamp, wire

from contenders import REGION, Contender

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNED = "content-type;host;x-amz-date;x-amz-target"
_TYPE = "application/x-amz-json-1.0"


class Subject(Contender):
    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._connection = HTTPConnection(self._host)
        self._key = (b"", "")
        self._made: dict[str, dict[str, Any]] = {}

    def query(self, count: int) -> Sequence[object]:
        request = {
            "TableName": TABLE,
            "KeyConditionExpression": "contact_pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": CONTACT}},
            "ScanIndexForward": False,
            "Limit": count,
        }
        items: list[object] = self.call("Query", request)["Items"]
        return items

    def get(self, ts: str) -> object:
        key = {"contact_pk": {"S": CONTACT}, "ts": {"S": ts}}
        return self.call("GetItem", {"TableName": TABLE, "Key": key})["Item"]

    def scan(self) -> Iterator[object]:
        page = self.call("Scan", {"TableName": TABLE})
        yield from page["Items"]
        while start := page.get("LastEvaluatedKey"):
            page = self.call("Scan", {"TableName": TABLE, "ExclusiveStartKey": start})
            yield from page["Items"]

    def save(self, values: dict[str, Any]) -> object:
        return self.call("PutItem", {"TableName": TABLE, "Item": self._item(values)})

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(values), 25):
            puts = [
                {"PutRequest": {"Item": self._item(each)}} for each in values[start : start + 25]
            ]
            self.call("BatchWriteItem", {"RequestItems": {TABLE: puts}})

    def move(self, message: Any, lead: str) -> object:
        request = {
            "TableName": TABLE,
            "Key": {"contact_pk": message["contact_pk"], "ts": message["ts"]},
            "UpdateExpression": "SET lead_id = :l, GSI2PK = :l, GSI2SK = :t, updated_at = :n",
            "ConditionExpression": "attribute_exists(contact_pk)",
            "ExpressionAttributeValues": {
                ":l": {"S": lead},
                ":t": message["ts"],
                ":n": {"S": stamp(datetime.now(UTC))},
            },
        }
        return self.call("UpdateItem", request)

    def prepare(self, values: Sequence[dict[str, Any]], items: Sequence[dict[str, Any]]) -> None:
        """The items that `values` will be written as."""
        self._made = {v["ts"]: wire(i) for v, i in zip(values, items, strict=True)}

    def call(self, operation: str, request: dict[str, Any]) -> Any:
        """One request and its answer."""
        return json.loads(self.send(operation, json.dumps(request).encode()))

    def send(self, operation: str, body: bytes) -> bytes:
        """The same in bytes."""
        target = f"DynamoDB_20120810.{operation}"
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        day = now[:8]
        if self._key[1] != day:
            key = b"AWS4bench"
            for part in (day, REGION, "dynamodb", "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self._key = (key, day)
        scope = f"{day}/{REGION}/dynamodb/aws4_request"
        canonical = (
            f"POST\n/\n\ncontent-type:{_TYPE}\nhost:{self._host}\nx-amz-date:{now}\n"
            f"x-amz-target:{target}\n\n{_SIGNED}\n{hashlib.sha256(body).hexdigest()}"
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{digest}".encode()
        signature = hmac.digest(self._key[0], text, "sha256").hex()
        headers = {
            "Content-Type": _TYPE,
            "X-Amz-Date": now,
            "X-Amz-Target": target,
            "Authorization": f"AWS4-HMAC-SHA256 Credential=bench/{scope}, "
            f"SignedHeaders={_SIGNED}, Signature={signature}",
        }
        self._connection.request("POST", "/", body, headers)
        return self._connection.getresponse().read()

    def close(self) -> None:
        self._connection.close()

    def _item(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._made[values["ts"]]
