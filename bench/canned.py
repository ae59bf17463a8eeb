"""A DynamoDB that answers from memory what a backfill asks, in a process of its own.

It keeps nothing: a scan makes its pages up as it goes, every write succeeds, and only the conditions of
the engine's own probe fail. So the clients are measured, and a million items take no database.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from serving import serve, serving

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

TABLE = "messages"
PAGE = 1000

#: Where an item's number stands in a page's text.
_NUMBER = "@NUMBER@"

_ITEM = {
    "contact_pk": {"S": f"tenant{_NUMBER}#ann{_NUMBER}@example.com"},
    "ts": {"S": f"01HM6AQH208M{_NUMBER}"},
    "tenantId": {"S": f"tenant{_NUMBER}"},
    "email_lc": {"S": f"ann{_NUMBER}@example.com"},
    "lead_id": {"S": f"lead{_NUMBER}"},
    "direction": {"S": "inbound"},
    "text": {"S": "When do you open on Sundays, and is there a class for beginners?"},
}

_SCHEMA = {
    "TableStatus": "ACTIVE",
    "KeySchema": [
        {"AttributeName": "contact_pk", "KeyType": "HASH"},
        {"AttributeName": "ts", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": "contact_pk", "AttributeType": "S"},
        {"AttributeName": "ts", "AttributeType": "S"},
    ],
}


def canned(items: int) -> AbstractContextManager[str]:
    """The endpoint of a server whose table has so many items, while the block runs."""
    return serving(Path(__file__), str(items))


class Answers:
    """What each request is answered with, as bytes of JSON."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._whole = json.dumps(_ITEM)
        self._table = json.dumps(
            {"Table": {**_SCHEMA, "ItemCount": items, "TableSizeBytes": items * 400}}
        ).encode()

    def answer(self, operation: bytes, body: bytes) -> bytes:
        match operation:
            case b"Scan":
                return self._scan(body)
            case b"BatchExecuteStatement":
                done = b'{"Error":{"Code":"ConditionalCheckFailed","Message":""}}'
                row = done if b"kxmodel probe" in body else b"{}"
                return b'{"Responses":[' + b",".join([row] * body.count(b'"Statement":')) + b"]}"
            case b"UpdateItem" if b"kxmodel_ledger" in body:
                values = json.loads(body)["ExpressionAttributeValues"]
                head = {
                    "token": {"N": "1"},
                    "task": values[":task"],
                    "segments": values[":segments"],
                }
                return json.dumps({"Attributes": head}).encode()
            case b"UpdateItem":
                return (
                    b'{"Attributes":%b}' % self._whole.replace(_NUMBER, "00000000000000").encode()
                )
            case b"Query":
                return b'{"Items":[],"Count":0}'
            case b"DescribeTable":
                return self._table
        return b"{}"

    def _scan(self, body: bytes) -> bytes:
        """A page of a segment; its number goes on where the last key says."""
        asked = json.loads(body)
        segments, segment = asked.get("TotalSegments", 1), asked.get("Segment", 0)
        begin = self._items * segment // segments
        end = self._items * (segment + 1) // segments
        if "ExclusiveStartKey" in asked:
            begin = int(asked["ExclusiveStartKey"]["ts"]["S"][12:]) + 1
        stop = min(end, begin + min(PAGE, asked.get("Limit", PAGE)))
        names = asked.get("ExpressionAttributeNames")
        shown = {n: v for n, v in _ITEM.items() if names is None or n in names.values()}
        text = json.dumps(shown)
        items = ",".join([text.replace(_NUMBER, f"{n:014d}") for n in range(begin, stop)])
        count = stop - begin
        last = ""
        if stop < end:
            key = json.dumps({name: _ITEM[name] for name in ("contact_pk", "ts")})
            last = f',"LastEvaluatedKey":{key.replace(_NUMBER, f"{stop - 1:014d}")}'
        return f'{{"Items":[{items}],"Count":{count},"ScannedCount":{count}{last}}}'.encode()


if __name__ == "__main__":
    serve(Answers(int(sys.argv[1])))
