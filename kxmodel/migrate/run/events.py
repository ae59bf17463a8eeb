"""What a run tells while it goes on, and how it ends. Plain values: a program shows them as it likes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.holder import Holder
    from kxmodel.migrate.schema import Phase

Direction: TypeAlias = Literal["up", "down"]


@dataclass(frozen=True)
class LeaseAwaited:
    """Another run holds the lease; it is watched whether it lives."""

    holder: Holder


@dataclass(frozen=True)
class RunsBeside:
    """Another run holds the lease while this one only looks: it may see what is half done."""

    holder: Holder


@dataclass(frozen=True)
class MigrationBegun:
    """A migration begins, or goes on after `done` of its `total` operations."""

    revision: str
    direction: Direction
    done: int
    total: int


@dataclass(frozen=True)
class OperationBegun:
    """An operation begins; `number` counts from 1. sentence: what it does."""

    revision: str
    number: int
    total: int
    sentence: str


@dataclass(frozen=True)
class OperationEnded:
    """An operation is in effect. counts: of the items, where it went over items. note: what is odd."""

    revision: str
    number: int
    total: int
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True)
class Awaited:
    """The database is at work on a table or an index, and the run waits for it."""

    phase: Phase


@dataclass(frozen=True)
class Paused:
    """Somebody asked for a pause; the run holds its lease and waits for `resume`."""

    by: str


@dataclass(frozen=True)
class Resumed:
    """The pause is over."""


@dataclass(frozen=True)
class RateChanged:
    """Somebody set other rates, in capacity units a second; None: without limit."""

    max_wcu: float | None
    max_rcu: float | None


@dataclass(frozen=True)
class MigrationEnded:
    """A migration was recorded as wholly applied, or as rolled back."""

    revision: str
    direction: Direction
    exceptions: int = 0


@dataclass(frozen=True)
class Work:
    """Something that the backfill engine tells: `event` is one of its own."""

    event: object


Event: TypeAlias = (
    LeaseAwaited
    | RunsBeside
    | MigrationBegun
    | OperationBegun
    | OperationEnded
    | Awaited
    | Paused
    | Resumed
    | RateChanged
    | MigrationEnded
    | Work
)


@dataclass(frozen=True)
class Outcome:
    """How a run ended, apart from errors, which are raised.

    finished: everything that was asked for is in effect. revisions: those that were gone through.
    waiting: the message of the step that waits for --confirm. reason: why it stopped before the end.
    counts: of items, over all of it. exceptions: the items left bad, some of them. report: where the
    report of all of them is.
    """

    finished: bool
    revisions: tuple[str, ...] = ()
    waiting: str | None = None
    reason: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    exceptions: tuple[str, ...] = ()
    report: str | None = None

    @property
    def exit_code(self) -> int:
        """0 done, 3 paused, waiting or out of time, 4 done but with bad items."""
        if not self.finished:
            return 3
        return 4 if self.exceptions else 0
