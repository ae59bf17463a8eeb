"""The derived attributes of an item: index keys and other templates, all from one evaluation.

Pure: item in, what to set and what to remove out. Put, batch, transaction, update and backfill all
end here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError
from kxmodel.keys.building import render
from kxmodel.keys.keyset import KeySet, evaluate
from kxmodel.values import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.keys.keyset import KeyValue
    from kxmodel.keys.template import Template
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class DerivedAttribute:
    """An attribute outside any key that a template gives."""

    name: str
    template: Template

    @property
    def attributes(self) -> tuple[str, ...]:
        """The one attribute, as a key set has several."""
        return (self.name,)

    @property
    def sources(self) -> tuple[str, ...]:
        """The dotted paths of the template."""
        return self.template.sources


@dataclass(frozen=True)
class KeyRules:
    """The compiled templates of an entity: the primary key's, and those that may be absent.

    derived: attributes outside any key first, since a key may be made of one.
    """

    primary: KeySet
    derived: tuple[KeySet | DerivedAttribute, ...]
    natural: frozenset[str]
    """Attributes that a template only names: never removed."""

    @cached_property
    def standing(self) -> frozenset[str]:
        """What is there anyway, the table's own keys among them: an index may be made of it."""
        return self.natural | set(self.primary.attributes)

    @cached_property
    def with_names(self) -> tuple[tuple[KeySet | DerivedAttribute, tuple[str, ...]], ...]:
        """Each derived set, and the attributes that it gives a value to."""
        return tuple((one, self.given_by(one)) for one in self.derived)

    def given_by(self, key_set: KeySet | DerivedAttribute) -> tuple[str, ...]:
        """The attributes that a set gives a value to: of its own, those that are not standing."""
        return tuple(name for name in key_set.attributes if name not in self.standing)

    def touched_by(
        self, paths: Iterable[tuple[str | int, ...]]
    ) -> tuple[KeySet | DerivedAttribute, ...]:
        """The sets with a source at, above or below one of these paths, as `with_sharers` of them."""
        changed = tuple(paths)
        return self.with_sharers(
            key_set.name
            for key_set in self.derived
            if any(
                paths_overlap(tuple(s.split(".")), path)
                for s in key_set.sources
                for path in changed
            )
        )

    def with_sharers(self, names: Iterable[str]) -> tuple[KeySet | DerivedAttribute, ...]:
        """The named sets, those that fill an attribute of theirs too, are made of one, or give one.

        Whether a shared attribute may be removed is theirs to say as well; and all this holds again
        for the attributes of these.
        """
        standing = self.natural | set(self.primary.attributes)
        chosen: set[str] = set()
        more = set(names)
        while not more <= chosen:
            chosen |= more
            sets = [one for one in self.derived if one.name in chosen]
            filled = {name for one in sets for name in one.attributes} - standing
            needed = {name for one in sets for name in _made_of(one)} - standing
            more = {one.name for one in self.derived if not filled.isdisjoint(_made_of(one))}
            more |= {
                one.name for one in self.derived if not (filled | needed).isdisjoint(one.attributes)
            }
        return tuple(key_set for key_set in self.derived if key_set.name in chosen)


def _made_of(key_set: KeySet | DerivedAttribute) -> set[str]:
    """The stored names of the attributes that a set is made of."""
    return {source.partition(".")[0] for source in key_set.sources}


def paths_overlap(a: tuple[str | int, ...], b: tuple[str | int, ...]) -> bool:
    """Whether one document path is at, above or below the other."""
    return all(x == y for x, y in zip(a, b, strict=False))


def key_rules(
    primary: KeySet, indexes: Iterable[KeySet], others: Iterable[DerivedAttribute] = ()
) -> KeyRules:
    """The rules of an entity from its key sets and its other derived attributes."""
    sets = tuple(indexes)
    outside = _in_order({other.name: other for other in others})
    natural = frozenset(
        part.attribute
        for key_set in (primary, *sets)
        for part in key_set.keys
        if part.template.is_natural and part.template.sources == (part.attribute,)
    )
    own = {other.name for other in outside}
    return KeyRules(primary, (*outside, *sets), natural - own)


def _in_order(others: Mapping[str, DerivedAttribute]) -> tuple[DerivedAttribute, ...]:
    """One that is made of another comes after it."""
    ordered: dict[str, DerivedAttribute] = {}

    def add(name: str, waiting: tuple[str, ...]) -> None:
        for source in others[name].sources:
            if source in others and source not in waiting:
                add(source, (*waiting, source))
        ordered.setdefault(name, others[name])

    for name in others:
        add(name, (name,))
    return tuple(ordered.values())


@dataclass
class Derived:
    """What derivation says of an item."""

    present: dict[str, AttributeValue] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    errors: list[tuple[KeySet | DerivedAttribute, KeyBuildError]] = field(default_factory=list)


def derive(
    rules: KeyRules, sets: Iterable[KeySet | DerivedAttribute], values: Mapping[str, object]
) -> Derived:
    """Evaluate the given key sets over an item in its JSON projection, without what is derived.

    An absent set takes along every derived attribute that no present one, and not the primary key,
    gives a value to: an item is in an index with all of its key, or not at all.
    """
    result = Derived()
    absent: set[str] = set()
    failed: set[str] = set()
    known = values
    with_names = (
        rules.with_names if sets is rules.derived else [(one, rules.given_by(one)) for one in sets]
    )
    for key_set, names in with_names:
        try:
            keys = _evaluate(key_set, known)
        except KeyBuildError as error:
            result.errors.append((key_set, error))
            failed.update(names)
            continue
        if keys is None:
            absent.update(names)
        else:
            for name in names:
                result.present[name] = encode_key(keys[name])
            if isinstance(key_set, DerivedAttribute):
                known = {**known, **keys}
    result.absent = absent - failed - set(result.present)
    return result


def encode_key(value: KeyValue) -> AttributeValue:
    """A key attribute's value in DynamoDB JSON. Raises ValueRefused (KX315) as `canonical`."""
    if isinstance(value, str):
        return {"S": value}
    return {"B": value} if isinstance(value, bytes) else {"N": canonical(value)}


def _evaluate(
    key_set: KeySet | DerivedAttribute, values: Mapping[str, object]
) -> Mapping[str, KeyValue] | None:
    if isinstance(key_set, KeySet):
        return evaluate(key_set, values)
    text = render(key_set.template, values)
    return None if text is None else {key_set.name: text}
