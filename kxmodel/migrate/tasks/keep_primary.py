"""Refusing a change of an item after which its primary key would not be the one its attributes give."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem
from kxmodel.errors.base import shorten
from kxmodel.keys import KeySet, encode_key, evaluate
from kxmodel.migrate.tasks.around import Around
from kxmodel.migrate.tasks.entity_keys import KeyTypes
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.keys import View
from kxmodel.migrate.tasks.task import Verdict, find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.task import Guards, Item
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class KeepPrimary(Around):
    """A task that changes what a primary key is made of, but for the items that it would leave astray.

    Those are bad (KX637): moving items is what `RekeyItems` does. primary: the table's key attributes ->
    templates. A source that was missing may be filled in by what agrees with the key.
    """

    entity: str
    primary: Mapping[str, str]
    key_types: KeyTypes = field(default_factory=KeyTypes)

    @cached_property
    def _key(self) -> KeySet:
        parts = tuple(self.key_types.part(name, text) for name, text in self.primary.items())
        return KeySet(self.entity, parts, sparse=False)

    @property
    def _looks_at(self) -> tuple[str, ...]:
        return tuple(source.partition(".")[0] for source in self._key.sources)

    def _guards(self, item: Item) -> Guards:
        paths = (tuple(source.split(".")) for source in self._key.sources)
        return {path: find(item, path) for path in paths if path[0] not in self.primary}

    def _judge(self, item: Item, first: Verdict, after: Item) -> Verdict:
        key = self._given(after)
        if key is None and self._given(item) is None:
            return first
        for name in self.primary:
            given = None if key is None else key[name]
            if not same(item.get(name), given):
                shown = "none" if given is None else shorten(next(iter(given.values())))
                reason = f"would have to be {shown} by what the item would hold then"
                stored = shorten(next(iter(item[name].values())))
                return Verdict("bad", problem=Problem((name,), stored, "key", reason, code="KX637"))
        return first

    def _given(self, item: Item) -> dict[str, AttributeValue] | None:
        """The key that the attributes give; None where they give none."""
        try:
            values = evaluate(self._key, View(item))
        except KeyBuildError:
            return None
        assert values is not None  # the table's own key is not sparse
        return {name: encode_key(value) for name, value in values.items()}
