"""A DynamoDB that answers from memory what a backfill asks, in a process of its own.

It keeps nothing: a scan makes its pages up as it goes, every write succeeds, and only the conditions of
the engine's own probe fail. So the clients are measured, and a million items take no database.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextmanager
def canned(items: int) -> Iterator[str]:
    """The endpoint of a server whose table has so many items, while the block runs."""
    command = [sys.executable, str(Path(__file__)), str(items)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


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


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as botocore speaks (RFC 9112)."""

    _LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
    _TARGET = re.compile(rb"x-amz-target: *DynamoDB_20120810\.(\w+)", re.IGNORECASE)

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, rest = self._data.partition(b"\r\n\r\n")
        length, target = self._LENGTH.search(head), self._TARGET.search(head)
        if not found or length is None or target is None or len(rest) < int(length[1]):
            return
        self._data = b""
        answer = self._answers.answer(target[1], rest)
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer)
        )


async def _serve(items: int) -> None:
    answers = Answers(items)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Until whoever started it is gone.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
