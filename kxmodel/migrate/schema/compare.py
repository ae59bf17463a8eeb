"""Comparing an index with its table, in memory that does not grow with them.

Each is read once and summed up in buckets by the items' keys. Only buckets that differ are read again,
and only what still differs then, item by item, is counted: an index follows its table with a delay
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kxmodel.errors import IndexDiffers, MigrationError
from kxmodel.migrate.schema.reading import Reading
from kxmodel.migrate.schema.sums import Buckets, Sums
from kxmodel.migrate.schema.waiting import Phase, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control
    from kxmodel.migrate.state import IndexState

#: As many differences are kept to be shown; all are counted.
KEPT: Final = 20

#: Looks at what differs, and seconds before each: what an index lags behind is no difference.
_LOOKS: Final = (0.2, 1.0, 3.0)

#: As many items are looked at one by one, on each side. Until there are as few, the buckets that
#: differ are summed up again in other ways, but so often only.
_LOOKED_AT: Final = 200_000
_ROUNDS: Final = 4


@dataclass(frozen=True)
class Comparison:
    """One index. entries: how many items it holds. missing: items of the table that it lacks or holds
    otherwise; extra: entries without an item. first: some keys of either, as JSON. unsure: items that
    may have changed while they were read, beyond those that were looked at again."""

    index: str
    entries: int
    missing: int = 0
    extra: int = 0
    first: tuple[str, ...] = ()
    unsure: int = 0

    @property
    def same(self) -> bool:
        """Whether the index holds what its table says."""
        return not (self.missing or self.extra)

    @property
    def verdict(self) -> str:
        """What was found, in words."""
        if not self.same:
            return f"{self.missing:,} missing or other, {self.extra:,} without an item"
        unsure = f", but for {self.unsure:,} that changed meanwhile" if self.unsure else ""
        return f"as its table says{unsure}"


def refuse_differences(control: Control, table: str, index: IndexState) -> Comparison:
    """Compare an index with its table, and raise IndexDiffers KX656 where it is not the same.

    Raises also MigrationError KX643, KX651.
    """
    found = compare(control, table, index)
    if not found.same:
        shown = "".join(f"\n  - {each}" for each in found.first)
        raise IndexDiffers(
            f"{index.name} of {table} is not what the table says, also when read again: "
            f"{found.verdict}. Some of them:{shown}"
        )
    return found


def compare(control: Control, table: str, index: IndexState) -> Comparison:
    """Compare an index with its table. Raises MigrationError KX643 where there is none, KX651."""
    description = describe(control, table)
    if description is None:
        raise MigrationError(f"there is no table {table}", code="KX643")
    control.tell(Phase(f"index {index.name} of {table}", "being compared with its table", 0.0))
    there, held = (_Side(control, description, index, of_index) for of_index in (False, True))
    buckets, doubtful, entries = Buckets(), 0, 0
    for number in range(_ROUNDS):
        now, in_index = there.sums(buckets), held.sums(buckets)
        entries = in_index.count if number == 0 else entries
        buckets, doubtful = buckets.where(now, in_index)
        if doubtful <= _LOOKED_AT:
            break
    if not doubtful:
        return Comparison(index.name, entries)
    unsure = buckets.leave_out(doubtful - _LOOKED_AT)
    missing: set[bytes] = set()
    extra: set[bytes] = set()
    for number, pause in enumerate(_LOOKS):
        control.clock.sleep(pause)
        now_there, now_held = there.items(buckets), held.items(buckets)
        lacks, has = now_there - now_held, now_held - now_there
        missing = lacks if number == 0 else missing & lacks
        extra = has if number == 0 else extra & has
        if not (missing or extra):
            break
        buckets = Buckets.of(missing | extra)
    first = sorted(each.decode() for each in missing | extra)[:KEPT]
    return Comparison(index.name, entries, len(missing), len(extra), tuple(first), unsure)


class _Side:
    """The keys of items, read from the table or from the index: the items that are to be in it."""

    def __init__(
        self, control: Control, description: Response, index: IndexState, of_index: bool
    ) -> None:
        self._wanted = [each.name for each in index.attributes]
        keys = [each["AttributeName"] for each in description["KeySchema"]]
        self._names = list(dict.fromkeys([*keys, *self._wanted]))
        named = index.name if of_index else None
        self._reading = Reading(control, description, self._names, named)

    def sums(self, buckets: Buckets) -> Sums:
        """The items in these buckets, summed up in other ones."""
        sums = buckets.sums()

        def read(pages: Iterator[Response]) -> None:
            for page in pages:
                sums.add(self._texts(page["Items"], buckets))

        self._reading.each(read)
        return sums

    def items(self, buckets: Buckets) -> set[bytes]:
        """The items in these buckets, as text."""

        def read(pages: Iterator[Response]) -> set[bytes]:
            return {text for page in pages for text in self._texts(page["Items"], buckets)}

        return set().union(*self._reading.each(read))

    def _texts(self, items: Sequence[dict[str, Any]], buckets: Buckets) -> list[bytes]:
        texts = [
            json.dumps({n: item[n] for n in self._names}, sort_keys=True, default=_hex).encode()
            for item in items
            if all(name in item for name in self._wanted)
        ]
        return [text for text in texts if text in buckets]


def _hex(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | bytearray) else str(value)
