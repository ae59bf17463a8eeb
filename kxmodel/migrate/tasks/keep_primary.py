"""Refusing a change of an item after which its primary key would not be the one its attributes give."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem
from kxmodel.errors.base import shorten
from kxmodel.keys import KeySet, encode_key, evaluate
from kxmodel.migrate.tasks.entity_keys import KeyTypes
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.keys import View
from kxmodel.migrate.tasks.task import Verdict, applied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.task import Item, Task
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class KeepPrimary:
    """A task that changes what a primary key is made of, but for the items that it would leave astray.

    Those are bad (KX637): moving items is what `RekeyItems` does. primary: the table's key attributes ->
    templates. A source that was missing may be filled in by what agrees with the key.
    """

    inner: Task
    entity: str
    primary: Mapping[str, str]
    key_types: KeyTypes = field(default_factory=KeyTypes)

    @property
    def table(self) -> str:
        """The inner task's table."""
        return self.inner.table

    @cached_property
    def reads(self) -> tuple[str, ...] | None:
        """What the inner task looks at, and the sources of the key."""
        if self.inner.reads is None:
            return None
        sources = (source.partition(".")[0] for source in self._key.sources)
        return tuple(dict.fromkeys((*self.inner.reads, *sources)))

    @property
    def writes(self) -> frozenset[str]:
        """What the inner task changes."""
        return self.inner.writes

    @cached_property
    def _key(self) -> KeySet:
        parts = tuple(self.key_types.part(name, text) for name, text in self.primary.items())
        return KeySet(self.entity, parts, sparse=False)

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        verdict = self.inner.judge(item)
        if not verdict.writes:
            return verdict
        key = self._given(applied(item, verdict))
        if key is None and self._given(item) is None:
            return verdict
        for name in self.primary:
            given = None if key is None else key[name]
            if not same(item.get(name), given):
                shown = "none" if given is None else shorten(next(iter(given.values())))
                reason = f"would have to be {shown} by what the item would hold then"
                stored = shorten(next(iter(item[name].values())))
                return Verdict("bad", problem=Problem((name,), stored, "key", reason, code="KX637"))
        return verdict

    def _given(self, item: Item) -> dict[str, AttributeValue] | None:
        """The key that the attributes give; None where they give none."""
        try:
            values = evaluate(self._key, View(item))
        except KeyBuildError:
            return None
        assert values is not None  # the table's own key is not sparse
        return {name: encode_key(value) for name, value in values.items()}
