"""A task judges items, one at a time; a verdict says what is to be done with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from kxmodel.values import AttributeValue

if TYPE_CHECKING:
    from kxmodel.errors import Problem

#: An item in DynamoDB JSON, or what a projection shows of it.
Item: TypeAlias = Mapping[str, AttributeValue]
#: Stored names and list positions from the item's root.
Path: TypeAlias = tuple[str | int, ...]
#: Path -> the value that was read there, or None where there was none.
Guards: TypeAlias = Mapping[Path, AttributeValue | None]

Kind: TypeAlias = Literal["change", "already", "skipped", "bad"]


@dataclass(frozen=True)
class Verdict:
    """What is to be done with one item.

    kind: ``change``: it lacks something; ``already``: it is as it should be; ``skipped``: the task
    does not concern it; ``bad``: what it should be cannot be told, see `problem`. An item that is bad
    for one index may still lack the key of another: then `set` and `remove` say so beside `problem`.
    set, remove: top-level attributes. guards: what was read, and has to be so still when it is written.
    moved: the whole item as it is to be under another primary key; its old one is then deleted, in one
    transaction, and `set` and `remove` are empty.
    """

    kind: Kind
    set: Mapping[str, AttributeValue] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    guards: Guards = field(default_factory=dict)
    problem: Problem | None = None
    moved: Item | None = None

    @property
    def writes(self) -> bool:
        """Whether the item is to be written."""
        return bool(self.set or self.remove or self.moved)


ALREADY: Final = Verdict("already")
SKIPPED: Final = Verdict("skipped")


class Task(Protocol):
    """A pure judgement of items, the same every time: judged after its own change, an item is ``already``."""

    @property
    def table(self) -> str:
        """The table's declared name, without prefix."""
        ...

    @property
    def reads(self) -> tuple[str, ...] | None:
        """Top-level attributes that `judge` looks at beside the table's keys; None: all."""
        ...

    @property
    def writes(self) -> frozenset[str]:
        """The only top-level attributes that a verdict of this task sets or removes.

        The table's own key is among them where the task moves items.
        """
        ...

    def judge(self, item: Item) -> Verdict:
        """What is to be done with a stored item, of which at least `reads` and the keys are given."""
        ...


def find(item: Item, path: Path) -> AttributeValue | None:
    """The stored value at a path, or None where the item has none."""
    current = item.get(str(path[0]))
    for part in path[1:]:
        if current is None:
            return None
        if isinstance(part, str):
            members = current.get("M")
            current = members.get(part) if isinstance(members, Mapping) else None
        else:
            elements = current.get("L", ())
            current = elements[part] if part < len(elements) else None
    return current


def applied(item: Item, verdict: Verdict) -> dict[str, AttributeValue]:
    """The item after a change where it is."""
    merged = {**item, **verdict.set}
    return {name: value for name, value in merged.items() if name not in verdict.remove}
