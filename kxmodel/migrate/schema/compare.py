"""Comparing an index with its table, in memory that does not grow with them.

Each is read once and summed up in buckets by the items' keys. Only buckets that differ are read again,
and only what still differs then, item by item, is counted: an index follows its table with a delay
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from kxmodel.migrate.schema.control import persist
from kxmodel.migrate.schema.waiting import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control
    from kxmodel.migrate.state import IndexState

_BUCKETS: Final = 1 << 16

#: As many differences are kept to be shown; all are counted.
KEPT: Final = 20

#: Looks at what differs, and seconds before each: what an index lags behind is no difference.
_LOOKS: Final = (0.2, 1.0, 3.0)

_Item = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Comparison:
    """One index. entries: how many items it holds. missing: items of the table that it lacks or holds
    otherwise; extra: entries without an item. first: some keys of either, as JSON."""

    index: str
    entries: int
    missing: int
    extra: int
    first: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the index holds what its table says."""
        return not (self.missing or self.extra)


def compare(control: Control, table: str, index: IndexState) -> Comparison:
    """Compare an index with its table. Raises MigrationError KX651."""
    description = describe(control, table) or {}
    keys = [each["AttributeName"] for each in description.get("KeySchema", ())]
    wanted = [each.name for each in index.attributes]
    reader = _Reader(control, table, index.name, keys, wanted)
    there, entries = reader.buckets(of_index=False)
    held, count = reader.buckets(of_index=True)
    suspects = {n for n in range(_BUCKETS) if there[n] != held[n]}
    del entries
    missing: set[bytes] = set()
    extra: set[bytes] = set()
    for pause in _LOOKS:
        if not suspects:
            break
        control.clock.sleep(pause)
        now, in_index = (
            reader.items(suspects, of_index=False),
            reader.items(suspects, of_index=True),
        )
        still_missing, still_extra = now - in_index, in_index - now
        missing = still_missing if pause == _LOOKS[0] else missing & still_missing
        extra = still_extra if pause == _LOOKS[0] else extra & still_extra
        suspects = {_bucket(each) for each in missing | extra}
    first = sorted(each.decode() for each in missing | extra)[:KEPT]
    return Comparison(index.name, count, len(missing), len(extra), tuple(first))


class _Reader:
    """Reads the keys of items, from the table or from the index."""

    def __init__(
        self, control: Control, table: str, index: str, keys: list[str], wanted: list[str]
    ) -> None:
        self._control = control
        self._table = table
        self._index = index
        self._keys = keys
        self._names = list(dict.fromkeys([*keys, *wanted]))
        self._wanted = wanted

    def buckets(self, *, of_index: bool) -> tuple[list[int], int]:
        """For each bucket a sum that does not depend on the order, and how many items there are."""
        sums, count = [0] * _BUCKETS, 0
        for item in self._items(of_index):
            text = self._text(item)
            sums[_bucket(text)] ^= int.from_bytes(blake2b(text, digest_size=16).digest())
            count += 1
        return sums, count

    def items(self, buckets: set[int], *, of_index: bool) -> set[bytes]:
        """The items of these buckets, as text."""
        texts = (self._text(item) for item in self._items(of_index))
        return {text for text in texts if _bucket(text) in buckets}

    def _text(self, item: _Item) -> bytes:
        shown = {name: item[name] for name in self._names}
        return json.dumps(shown, sort_keys=True, default=_hex).encode()

    def _items(self, of_index: bool) -> Iterator[_Item]:
        names = {f"#a{number}": name for number, name in enumerate(self._names)}
        request: dict[str, object] = {
            "TableName": self._table,
            "ProjectionExpression": ", ".join(names),
            "ExpressionAttributeNames": names,
        }
        request |= {"IndexName": self._index} if of_index else {"ConsistentRead": True}
        while True:
            page = self._page(request)
            self._control.check()
            for item in page["Items"]:
                if all(name in item for name in self._wanted):
                    yield item
            if not (last := page.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = last

    def _page(self, request: Mapping[str, object]) -> Response:
        scan = self._control.client.scan
        return persist(
            lambda: scan(**request), clock=self._control.clock, what=f"read {self._table}"
        )


def _bucket(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=2).digest())


def _hex(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | bytearray) else str(value)
