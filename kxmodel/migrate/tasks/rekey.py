"""Moving items to the primary key that their attributes give."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem
from kxmodel.errors.base import shorten
from kxmodel.keys import KeySet, encode_key, evaluate
from kxmodel.migrate.tasks.entity_keys import KeyTypes
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.follow import FollowKeys
from kxmodel.migrate.tasks.keys import KeysTask, View, problem_of
from kxmodel.migrate.tasks.recognise import Recognise
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Verdict, applied
from kxmodel.migrate.tasks.transform import Function, TransformAttribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.sources import SourceTemplates
    from kxmodel.migrate.tasks.task import Item, Path, Task
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class WholeItem:
    """A function of the whole item that changes the sources of its key; see `TransformAttribute`."""

    table: str
    function: Function
    changes: tuple[str, ...]
    version: str | None = None
    reads: None = None
    """Whole items."""

    @cached_property
    def writes(self) -> frozenset[str]:
        """What the function may change, and the version."""
        return frozenset((*self.changes, *((self.version,) if self.version else ())))

    def judge(self, item: Item) -> Verdict:
        """See `Task`. Raises BackfillError KX628 where the function changes what it may not."""
        inputs = tuple(name for name in item if name != self.version)
        one = TransformAttribute(self.table, self.function, inputs, self.changes, self.version)
        return one.judge(item)


@dataclass(frozen=True)
class RekeyItems:
    """Move the items of an entity whose primary key is not the one that `primary` gives.

    primary: the table's key attributes -> templates. source: what changes first; None: nothing does.
    keys: fills the keys of the indexes that have something changed as a source; None: there is none.
    declared: the attributes that an item may have. One that is absent when the item is read has to be
    absent when it is deleted; it would be lost otherwise.

    All else of an item stays as it was. One that would have to be moved again, or be of no entity
    then, is bad.
    """

    table: str
    entity: str
    primary: Mapping[str, str]
    recognise: Recognise = field(default_factory=Recognise)
    key_types: KeyTypes = field(default_factory=KeyTypes)
    source: SourceTemplates | WholeItem | None = None
    keys: KeysTask | None = None
    declared: tuple[str, ...] = ()
    reads: None = None
    """Whole items: they are copied."""

    @cached_property
    def writes(self) -> frozenset[str]:
        """The table's key, the sources that change, and the keys of indexes."""
        parts = [part.writes for part in (self.source, self.keys) if part is not None]
        return frozenset(self.primary).union(*parts)

    @cached_property
    def _key(self) -> KeySet:
        parts = tuple(self.key_types.part(name, text) for name, text in self.primary.items())
        return KeySet(self.entity, parts, sparse=False)

    @cached_property
    def _in_place(self) -> Task | None:
        """What judges the items that change and stay where they are."""
        if self.source is None or self.keys is None:
            return self.source
        return FollowKeys(self.source, self.keys)

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        verdict = self._judge(item)
        if verdict.moved is None:
            return verdict
        return self._unstable(verdict.moved) or verdict

    def _judge(self, item: Item) -> Verdict:
        if not self.recognise.holds(item):
            return SKIPPED
        first = ALREADY if self.source is None else self.source.judge(item)
        if first.problem is not None:
            return Verdict("bad", problem=first.problem)
        after = applied(item, first)
        try:
            values = evaluate(self._key, View(after))
        except KeyBuildError as error:
            return Verdict("bad", problem=problem_of(error))
        assert values is not None  # the table's own key is not sparse
        key = {name: encode_key(value) for name, value in values.items()}
        if all(same(item.get(name), value) for name, value in key.items()):
            return ALREADY if self._in_place is None else self._in_place.judge(item)
        after |= key
        if self.keys is not None:
            second = self.keys.judge(after)
            if second.problem is not None:
                return Verdict("bad", problem=second.problem)
            after = applied(after, second)
        guards: dict[Path, AttributeValue | None] = {
            (name,): item.get(name)
            for name in dict.fromkeys((*item, *self.declared))
            if name not in self.primary
        }
        return Verdict("change", guards=guards, moved=after)

    def _unstable(self, moved: Item) -> Verdict | None:
        """Why the moved item would not stay what and where it is; None where it would."""
        name = next(iter(self.primary))
        if not self.recognise.holds(moved):
            return _bad(name, f"moved, it would no longer be known as {self.entity}", "KX636")
        again = self._judge(moved)
        if again.problem is not None:
            return Verdict("bad", problem=again.problem)
        if again.moved is not None:
            other = again.moved.get(name)
            reason = f"becomes {shorten(moved.get(name))}, and {shorten(other)} the next time"
            return _bad(name, reason, "KX626")
        return None


def _bad(name: str, reason: str, code: str) -> Verdict:
    return Verdict("bad", problem=Problem((name,), None, "rekey", reason, code=code))
