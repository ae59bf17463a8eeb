"""An item to be written, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.errors import Problem
    from kxmodel.migrate.tasks.task import Item, Verdict

#: How often an item may change under its write before it is left to verification.
ROUNDS: Final = 12

#: What became of an item; the fields of `Counts`.
Fate: TypeAlias = Literal["updated", "already", "skipped", "gone", "bad", "failed"]


@dataclass(frozen=True)
class Change:
    """An item to be written. rounds: how often it was read again. single: only by UpdateItem."""

    key: Item
    verdict: Verdict
    rounds: int = 0
    single: bool = False


@dataclass(frozen=True)
class Settled:
    """The end of one change. there: whether the item is still under the key it was read by. written: whether
    it was written, which one that is bad can be too: for one index it is, for another it got its key."""

    key: Item
    fate: Fate
    problem: Problem | None = None
    there: bool = True
    written: bool = False


def fate_of(verdict: Verdict) -> Fate:
    """What an item is counted as that is not written."""
    fates: Mapping[str, Fate] = {"already": "already", "skipped": "skipped", "bad": "bad"}
    return fates.get(verdict.kind, "failed")
