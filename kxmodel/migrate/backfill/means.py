"""What the writes of one slice are made with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.migrate.backfill.look import look

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.look import Found
    from kxmodel.migrate.backfill.pace import KeyCaps
    from kxmodel.migrate.backfill.scan import Reader
    from kxmodel.migrate.backfill.slice import Slice
    from kxmodel.migrate.backfill.spending import Spending
    from kxmodel.migrate.tasks.task import Item, Task

#: The types of a key. A stored value of another is in no index, whatever the attribute is called.
_KEYS: Final = frozenset({"S", "N", "B"})


@dataclass(frozen=True)
class Means:
    """caps: shared by all slices of a process."""

    client: DynamoClient
    task: Task
    slice: Slice
    reader: Reader
    spending: Spending
    caps: KeyCaps

    @property
    def table(self) -> str:
        """The table's name where it is."""
        return self.slice.table.name

    def look(self, key: Item) -> Found | None:
        """See `kxmodel.migrate.backfill.look.look`."""
        return look(self.reader, self.spending, self.table, key)

    def admit(self, written: Iterable[Item], units: float) -> bool:
        """Wait until the partitions concerned take the writes; False where the time ends before.

        written: of each, its partition keys, of the table and of indexes, among other attributes.
        units: write units of each.
        """
        table, items = self.slice.table, list(written)
        of_indexes = tuple(name for name in table.index_hashes if name != table.hash)
        for names, cap in (
            ((table.hash,), self.slice.key_cap),
            (of_indexes, self.slice.index_cap),
        ):
            costs: defaultdict[Hashable, float] = defaultdict(float)
            for item in items:
                for name in names:
                    for kind, content in item.get(name, {}).items():
                        if kind in _KEYS:
                            costs[name, kind, content] += units
            if costs:
                self.spending.pause(self.caps.admit(costs, cap))
        return not self.spending.out_of_time
