"""Adding, renaming and removing one top-level attribute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kxmodel.errors import Problem
from kxmodel.errors.base import shorten
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.recognise import Recognise
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Verdict
from kxmodel.values import typed_from_json

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import JSON, UnjsonType


@dataclass(frozen=True)
class AddAttribute:
    """Give an attribute a value on every item of an entity that has none. value: plain JSON.

    type: see `typed_from_json`.
    """

    table: str
    attribute: str
    value: JSON
    recognise: Recognise = field(default_factory=Recognise)
    type: UnjsonType | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The attribute, and what items are recognised by."""
        return (*self.recognise.attributes, self.attribute)

    @property
    def writes(self) -> frozenset[str]:
        """The attribute."""
        return frozenset({self.attribute})

    def judge(self, item: Item) -> Verdict:
        """See `Task`. A stored null is a value too."""
        if not self.recognise.holds(item):
            return SKIPPED
        if self.attribute in item:
            return ALREADY
        return Verdict(
            "change",
            set={self.attribute: typed_from_json(self.value, self.type)},
            guards={**self.recognise.guards(item), (self.attribute,): None},
        )


@dataclass(frozen=True)
class RenameAttribute:
    """Move a value from one attribute to another. Where both have one and they differ, it is bad."""

    table: str
    old: str
    new: str
    recognise: Recognise = field(default_factory=Recognise)

    @property
    def reads(self) -> tuple[str, ...]:
        """Both attributes, and what items are recognised by."""
        return (*self.recognise.attributes, self.old, self.new)

    @property
    def writes(self) -> frozenset[str]:
        """Both attributes."""
        return frozenset({self.old, self.new})

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        if not self.recognise.holds(item):
            return SKIPPED
        before, after = item.get(self.old), item.get(self.new)
        if before is None:
            return SKIPPED if after is None else ALREADY
        if after is not None and not same(before, after):
            problem = Problem(
                (self.new,),
                shorten(next(iter(after.values()))),
                "rename",
                f"has a value already, and {self.old} has another one",
                code="KX629",
            )
            return Verdict("bad", problem=problem)
        return Verdict(
            "change",
            set={self.new: before} if after is None else {},
            remove=(self.old,),
            guards={**self.recognise.guards(item), (self.old,): before, (self.new,): after},
        )


@dataclass(frozen=True)
class RemoveAttribute:
    """Remove an attribute from every item of an entity."""

    table: str
    attribute: str
    recognise: Recognise = field(default_factory=Recognise)

    @property
    def reads(self) -> tuple[str, ...]:
        """The attribute, and what items are recognised by."""
        return (*self.recognise.attributes, self.attribute)

    @property
    def writes(self) -> frozenset[str]:
        """The attribute."""
        return frozenset({self.attribute})

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        if not self.recognise.holds(item):
            return SKIPPED
        value = item.get(self.attribute)
        if value is None:
            return ALREADY
        return Verdict(
            "change",
            remove=(self.attribute,),
            guards={**self.recognise.guards(item), (self.attribute,): value},
        )
