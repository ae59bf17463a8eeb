"""The answers to the rows of `make bench`: one conversation of KxGen's messages.

    python bench/kxgen_server.py ITEMS_OF_A_SCAN

It keeps nothing. The pages of a scan hold the same items under other last keys, since what is measured
are the clients; a page is as large as DynamoDB's may be, 1 MB
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.Pagination).
"""

from __future__ import annotations

import json
import re
import sys

from kxgen import KEY, messages, wire
from serving import serve

PAGE_BYTES = 1024 * 1024

_LEAD = re.compile(rb"lead_moved_\d+")
_LIMIT = re.compile(rb'"Limit": ?(\d+)')


class Conversation:
    """Answers; and under the operation ``Last``, the last request of the operation that it names."""

    def __init__(self, scanned: int) -> None:
        page = [wire(item) for item in messages(500)]
        self._newest = [json.dumps(item) for item in reversed(page)]
        mean = sum(map(len, self._newest)) / len(self._newest)
        self._scanned = scanned
        self._page = min(int(PAGE_BYTES / mean), scanned)
        repeated = [self._newest[n % 500] for n in range(self._page)]
        self._full = ",".join(repeated)
        self._rest = ",".join(repeated[: scanned % self._page])
        key = {name: page[0][name] for name in KEY}
        self._starts = {f"{start:026d}": start for start in range(self._page, scanned, self._page)}
        self._key = json.dumps(key).replace(page[0]["ts"]["S"], "@START@")
        self._last: dict[bytes, bytes] = {}
        self._pages: dict[int, bytes] = {}

    def answer(self, operation: bytes, body: bytes) -> bytes:
        if operation == b"Last":
            return self._last[body]
        self._last[operation] = body
        match operation:
            case b"Query":
                return self._query(body)
            case b"GetItem":
                return b'{"Item":%b}' % self._newest[0].encode()
            case b"Scan":
                return self._scan(body)
            case b"BatchWriteItem":
                return b'{"UnprocessedItems":{}}'
            case b"UpdateItem" if b"ALL_NEW" in body:
                item = self._newest[0].encode()
                lead = _LEAD.search(body)
                assert lead is not None
                return b'{"Attributes":%b}' % item.replace(b"lead_xyz789", lead[0])
        return b"{}"

    def _query(self, body: bytes) -> bytes:
        asked = _LIMIT.search(body)
        limit = int(asked[1]) if asked else len(self._newest)
        if limit not in self._pages:
            items = self._newest[:limit]
            text = (
                f'{{"Items":[{",".join(items)}],"Count":{len(items)},"ScannedCount":{len(items)}}}'
            )
            self._pages[limit] = text.encode()
        return self._pages[limit]

    def _scan(self, body: bytes) -> bytes:
        asked = json.loads(body)
        start = 0
        if "ExclusiveStartKey" in asked:
            start = self._starts[asked["ExclusiveStartKey"]["ts"]["S"]]
        stop = start + self._page
        last, items, count = "", self._full, self._page
        if stop < self._scanned:
            last = f',"LastEvaluatedKey":{self._key.replace("@START@", f"{stop:026d}")}'
        elif stop > self._scanned:
            items, count = self._rest, self._scanned - start
        return f'{{"Items":[{items}],"Count":{count},"ScannedCount":{count}{last}}}'.encode()


if __name__ == "__main__":
    serve(Conversation(int(sys.argv[1])))
