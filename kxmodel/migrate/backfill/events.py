"""What a run tells while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.backfill.bad import BadItem
    from kxmodel.migrate.backfill.counts import Counts


@dataclass(frozen=True)
class Progress:
    """After each checkpoint. done, units: work units; expected: items in the table, roughly.

    wcu, rcu: spent by this run since it was begun or resumed.
    """

    counts: Counts
    done: int
    units: int
    expected: int
    wcu: float
    rcu: float


@dataclass(frozen=True)
class BadItemFound:
    """A bad item, once its checkpoint is written."""

    item: BadItem


@dataclass(frozen=True)
class RateChanged:
    """Throttling, or its end, changed the rates: units a second, None for no limit."""

    wcu: float | None
    rcu: float | None


@dataclass(frozen=True)
class PartitionSplit:
    """A heavy partition key was split into so many ranges."""

    parts: int


Event: TypeAlias = Progress | BadItemFound | RateChanged | PartitionSplit
Events: TypeAlias = "Callable[[Event], None]"


def ignore(event: Event) -> None:
    """Take no notice."""
