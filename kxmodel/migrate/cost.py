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

#: On-demand prices in US dollars for a million request units in us-east-1, standard table class, as
#: https://aws.amazon.com/dynamodb/pricing/on-demand/ gives them since November 2024.
PRICE_WRITE: Final = 0.625
PRICE_READ: Final = 0.125

_READ_BYTES: Final = 4096
_WRITE_BYTES: Final = 1024

#: Capacity units a second that are assumed where no rate is given: what a new on-demand table takes
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html).
ASSUMED_WCU: Final = 4_000.0
ASSUMED_RCU: Final = 12_000.0


@dataclass(frozen=True)
class Cost:
    """items: gone over. rcu, wcu: capacity units. seconds: at the rates given, or at the assumed ones."""

    items: int = 0
    rcu: float = 0.0
    wcu: float = 0.0
    seconds: float = 0.0

    @property
    def dollars(self) -> float:
        """US dollars, billed on demand."""
        return (self.rcu * PRICE_READ + self.wcu * PRICE_WRITE) / 1e6

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            max(self.items, other.items),
            self.rcu + other.rcu,
            self.wcu + other.wcu,
            self.seconds + other.seconds,
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
class Rates:
    """Capacity units a second; None: as much as is assumed that DynamoDB gives."""

    max_wcu: float | None = None
    max_rcu: float | None = None


def scan_cost(size: Size, rates: Rates, times: int = 1) -> Cost:
    """Reading the table consistently, so many times."""
    rcu = times * ceil(size.bytes / _READ_BYTES)
    return Cost(size.items, rcu, 0.0, rcu / (rates.max_rcu or ASSUMED_RCU))


def write_cost(size: Size, rates: Rates, indexes: int = 0) -> Cost:
    """Writing every item once, and its entry in so many indexes that project what changes."""
    wcu = float(_units(size) * size.items * (1 + indexes))
    return Cost(size.items, 0.0, wcu, wcu / (rates.max_wcu or ASSUMED_WCU))


def index_cost(size: Size) -> Cost:
    """Building an index over the whole table: DynamoDB writes each entry, in its own time."""
    wcu = float(_units(size) * size.items)
    return Cost(size.items, 0.0, wcu, wcu / ASSUMED_WCU)


def _units(size: Size) -> int:
    """Write units of one average item."""
    return max(1, ceil(size.item_bytes / _WRITE_BYTES)) if size.items else 0


ASSUMPTIONS: Final = (
    "items and bytes are as DynamoDB last counted them, up to six hours ago",
    "every item is of the average size and is written; the sparse and the finished ones cost no write",
    f"where no rate is given, {ASSUMED_WCU:,.0f} write and {ASSUMED_RCU:,.0f} read units a second",
    f"money is on-demand in us-east-1: ${PRICE_WRITE} for a million write units, ${PRICE_READ} for a "
    "million read units",
    "a write to an item is one to each index that the table has as well",
    "an index that is created projects whole items; building it is charged as writes to it",
)
