"""What tasks have in common that have a word in what another one would change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.migrate.tasks.task import applied

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Guards, Item, Task, Verdict


@dataclass(frozen=True)
class Around(ABC):
    """A task that lets another one judge, and looks at what an item would be after it.

    An item that the inner task leaves alone is left alone. Whatever the second look was at is guarded,
    whether it led to another change or to none: it may have led to one by the time of the write.
    """

    inner: Task

    @property
    def table(self) -> str:
        """The inner task's table."""
        return self.inner.table

    @cached_property
    def reads(self) -> tuple[str, ...] | None:
        """What both look at."""
        if self.inner.reads is None:
            return None
        return tuple(dict.fromkeys((*self.inner.reads, *self._looks_at)))

    @property
    def writes(self) -> frozenset[str]:
        """What the inner task changes."""
        return self.inner.writes

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        first = self.inner.judge(item)
        if not first.writes:
            return first
        after = applied(item, first)
        verdict = self._judge(item, first, after)
        if not verdict.writes:
            return verdict
        changed = {*first.set, *first.remove}
        seen = {path: v for path, v in self._guards(after).items() if path[0] not in changed}
        return replace(verdict, guards={**seen, **verdict.guards})

    @property
    @abstractmethod
    def _looks_at(self) -> tuple[str, ...]:
        """Top-level attributes that the second look is at."""

    @abstractmethod
    def _guards(self, item: Item) -> Guards:
        """What the second look was at, the table's own key apart, which never changes."""

    @abstractmethod
    def _judge(self, item: Item, first: Verdict, after: Item) -> Verdict:
        """The verdict on an item that `first` changes to `after`."""
