"""What going over a table costs: capacity units, money and time, before anything is sent. Pure.

Read units: half a unit for 4 KB read eventually consistent, one for a consistent read, of the whole item
whatever is projected. Write units: one for each KB of the larger of the item before and after; for an
index one for a new entry, two where its key changes:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

_READ_BYTES: Final = 4096
_WRITE_BYTES: Final = 1024

#: Capacity units a second that are assumed where no rate is given: what a new on-demand table takes
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html).
ASSUMED_WCU: Final = 4_000.0
ASSUMED_RCU: Final = 12_000.0


@dataclass(frozen=True)
class Cost:
    """items: gone over. rcu, wcu: capacity units. seconds: at the rates given, or at the assumed ones.

    transactions: those that move an item each. dollars: US dollars, billed on demand.
    """

    items: int = 0
    rcu: float = 0.0
    wcu: float = 0.0
    seconds: float = 0.0
    transactions: int = 0
    dollars: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            max(self.items, other.items),
            self.rcu + other.rcu,
            self.wcu + other.wcu,
            self.seconds + other.seconds,
            self.transactions + other.transactions,
            self.dollars + other.dollars,
        )


@dataclass(frozen=True)
class Size:
    """A table's size: items, and their bytes together."""

    items: int
    bytes: int

    @property
    def item_bytes(self) -> float:
        """The average item."""
        return self.bytes / self.items if self.items else 0.0


@dataclass(frozen=True)
class Prices:
    """US dollars for a million request units on demand.

    By default those of us-east-1, standard table class, since November 2024:
    https://aws.amazon.com/dynamodb/pricing/on-demand/.
    """

    write: float = 0.625
    read: float = 0.125


@dataclass(frozen=True)
class Rates:
    """Capacity units a second; None: as much as is assumed that DynamoDB gives. prices: of a unit."""

    max_wcu: float | None = None
    max_rcu: float | None = None
    prices: Prices = Prices()

    def cost(self, items: int, rcu: float, wcu: float, transactions: int = 0) -> Cost:
        """What so many units cost, the read ones spent before the written ones."""
        seconds = rcu / (self.max_rcu or ASSUMED_RCU) + wcu / (self.max_wcu or ASSUMED_WCU)
        dollars = (rcu * self.prices.read + wcu * self.prices.write) / 1e6
        return Cost(items, rcu, wcu, seconds, transactions, dollars)


def scan_cost(size: Size, rates: Rates, times: int = 1) -> Cost:
    """Reading the table consistently, so many times."""
    return rates.cost(size.items, times * ceil(size.bytes / _READ_BYTES), 0.0)


def write_cost(size: Size, rates: Rates, indexes: int = 0) -> Cost:
    """Writing every item once, and its entry in so many indexes that project what changes."""
    return rates.cost(size.items, 0.0, float(_units(size) * size.items * (1 + indexes)))


def move_cost(size: Size, rates: Rates, indexes: int = 0) -> Cost:
    """Moving every item to another key: a transaction each, and an entry of so many indexes twice.

    A transaction takes two units where a write takes one, for the item put and for the one deleted;
    the item is read once more right before.
    """
    rcu = ceil(size.item_bytes / _READ_BYTES) * size.items
    wcu = float(_units(size) * size.items * (4 + 2 * indexes))
    return rates.cost(size.items, rcu, wcu, size.items)


def index_cost(size: Size, rates: Rates) -> Cost:
    """Creating an index over the whole table.

    Its keys are judged by one scan before, DynamoDB writes each entry in its own time, and both are
    read to be compared: an index eventually consistent, for half.
    """
    read = 2 * ceil(size.bytes / _READ_BYTES) + ceil(size.bytes / _READ_BYTES / 2)
    built = Rates(prices=rates.prices).cost(size.items, 0.0, float(_units(size) * size.items))
    return rates.cost(size.items, read, 0.0) + built


@dataclass(frozen=True)
class NewIndex:
    """A new index on a table: its keys backfilled and proved, then created and compared.

    core_hours: hours of one core that the client computes.
    """

    size: Size
    cost: Cost
    core_hours: float

    @property
    def hours(self) -> float:
        """From the beginning to the end, if the client keeps up with the rates."""
        return self.cost.seconds / 3600


def new_index(size: Size, rates: Rates, *, cpu_per_item: float, indexes: int = 0) -> NewIndex:
    """What a new index costs on a table of any size.

    cpu_per_item: seconds of CPU that the client takes to backfill one item. indexes: those that the
    table has already and that project the new attributes.
    """
    cost = scan_cost(size, rates, 2) + write_cost(size, rates, indexes) + index_cost(size, rates)
    return NewIndex(size, cost, size.items * cpu_per_item / 3600)


def _units(size: Size) -> int:
    """Write units of one average item."""
    return max(1, ceil(size.item_bytes / _WRITE_BYTES)) if size.items else 0


def assumptions(rates: Rates) -> tuple[str, ...]:
    """What the figures rest on, a sentence each."""
    default = rates.prices == Prices()
    whose = "us-east-1 since November 2024" if default else "this project's settings"
    return (
        "items and bytes are as DynamoDB last counted them, up to six hours ago",
        "every item is of the average size and is written; the sparse and the finished ones cost no "
        "write",
        f"where no rate is given, {ASSUMED_WCU:,.0f} write and {ASSUMED_RCU:,.0f} read units a second",
        f"money is on-demand, of {whose}: ${rates.prices.write:g} for a million write units, "
        f"${rates.prices.read:g} for a million read units (price_per_million_write and "
        "price_per_million_read in the settings)",
        "a write to an item is one to each index that the table has as well",
        "where items are moved, every one is: two units for each KB put and for each KB deleted",
        "an index that is created projects whole items; building it is charged as writes to it",
    )
