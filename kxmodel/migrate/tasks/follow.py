"""Carrying the index keys along when another task changes one of their sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.migrate.tasks.around import Around
from kxmodel.migrate.tasks.task import Verdict

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.keys import KeysTask
    from kxmodel.migrate.tasks.task import Guards, Item


@dataclass(frozen=True)
class FollowKeys(Around):
    """A task together with the keys of the items that it changes, written in one request.

    An item whose keys could not be built after the change is bad, and stays as it is. Items that the
    inner task leaves alone keep the keys that they have.
    """

    keys: KeysTask

    @cached_property
    def writes(self) -> frozenset[str]:
        """What both change."""
        return self.inner.writes | self.keys.writes

    @property
    def _looks_at(self) -> tuple[str, ...]:
        return self.keys.reads

    def _guards(self, item: Item) -> Guards:
        return self.keys.guards(item)

    def _judge(self, item: Item, first: Verdict, after: Item) -> Verdict:
        del item
        second = self.keys.judge(after)
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
