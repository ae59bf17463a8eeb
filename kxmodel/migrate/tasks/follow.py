"""Carrying the index keys along when another task changes one of their sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.migrate.tasks.task import Verdict, applied

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.keys import KeysTask
    from kxmodel.migrate.tasks.task import Item, Task


@dataclass(frozen=True)
class FollowKeys:
    """A task together with the keys of the items that it changes, written in one request.

    An item whose keys could not be built after the change is bad, and stays as it is.
    """

    inner: Task
    keys: KeysTask

    @property
    def table(self) -> str:
        """The inner task's table."""
        return self.inner.table

    @cached_property
    def reads(self) -> tuple[str, ...] | None:
        """What both look at."""
        if self.inner.reads is None:
            return None
        return tuple(dict.fromkeys((*self.inner.reads, *self.keys.reads)))

    @cached_property
    def writes(self) -> frozenset[str]:
        """What both change."""
        return self.inner.writes | self.keys.writes

    def judge(self, item: Item) -> Verdict:
        """See `Task`. Items that the inner task leaves alone keep the keys that they have."""
        first = self.inner.judge(item)
        if not first.writes:
            return first
        second = self.keys.judge(applied(item, first))
        if second.problem is not None:
            return Verdict("bad", problem=second.problem)
        changed = {*first.set, *first.remove}
        guards = {
            **{path: value for path, value in second.guards.items() if path[0] not in changed},
            **first.guards,
        }
        kept = {n: v for n, v in first.set.items() if n not in second.remove}
        set_ = {**kept, **second.set}
        remove = tuple(n for n in first.remove if n not in second.set) + second.remove
        return Verdict("change", set_, tuple(dict.fromkeys(remove)), guards)
