"""The derived attributes of an item: index keys and other templates, all from one evaluation.

Pure: item in, what to set and what to remove out. Put, batch, transaction and update all end here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError
from kxmodel.keys import KeyPart, KeySet, evaluate, parse, parse_condition, render
from kxmodel.runtime.attributes import generic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.keys import KeyRole, KeyType, KeyValue, Template
    from kxmodel.runtime.entity import Entity
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
    """The compiled templates of an entity: the primary key's, and those that may be absent."""

    primary: KeySet
    derived: tuple[KeySet | DerivedAttribute, ...]
    natural: frozenset[str]
    """Attributes that a template only names: never removed."""

    def touched_by(
        self, paths: Iterable[tuple[str | int, ...]]
    ) -> tuple[KeySet | DerivedAttribute, ...]:
        """The sets with a source at, above or below one of these paths.

        With them come the sets that fill an attribute of theirs too, since whether it may be
        removed is theirs to say as well.
        """
        changed = tuple(paths)
        touched = {
            key_set.name
            for key_set in self.derived
            if any(overlap(tuple(s.split(".")), path) for s in key_set.sources for path in changed)
        }
        names = {
            n for key_set in self.derived if key_set.name in touched for n in key_set.attributes
        }
        shared = names - self.natural
        return tuple(
            key_set
            for key_set in self.derived
            if key_set.name in touched or not shared.isdisjoint(key_set.attributes)
        )


def overlap(a: tuple[str | int, ...], b: tuple[str | int, ...]) -> bool:
    """Whether one document path is at, above or below the other."""
    return all(x == y for x, y in zip(a, b, strict=False))


def compile_rules(
    entity: Entity, types: Mapping[str, KeyType], roles: Mapping[str, KeyRole]
) -> KeyRules:
    """The entity's key sets.

    types: key attribute -> type descriptor, where it is not ``S``. roles: key attribute -> role.
    """

    def parts(keys: Mapping[str, str]) -> tuple[KeyPart, ...]:
        return tuple(
            KeyPart(name, parse(text), roles.get(name, "hash"), types.get(name, "S"))
            for name, text in keys.items()
        )

    primary = KeySet(name=entity.name, keys=parts(entity.keys), sparse=False)
    indexes = tuple(
        KeySet(
            name=index.index,
            keys=parts(index.keys),
            when=parse_condition(index.when) if index.when else None,
        )
        for index in entity.indexes
    )
    others = tuple(DerivedAttribute(name, parse(text)) for name, text in entity.derive.items())
    every = [part for key_set in (primary, *indexes) for part in key_set.keys]
    natural = frozenset(
        part.attribute
        for part in every
        if part.template.is_natural and part.template.sources == (part.attribute,)
    )
    return KeyRules(primary, (*indexes, *others), natural)


@dataclass
class Derived:
    """What derivation says of an item."""

    present: dict[str, AttributeValue] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    errors: list[tuple[KeySet | DerivedAttribute, KeyBuildError]] = field(default_factory=list)


def derive(
    rules: KeyRules, sets: Iterable[KeySet | DerivedAttribute], values: Mapping[str, object]
) -> Derived:
    """Evaluate the given key sets over an item in its JSON projection.

    An absent set takes along every derived attribute that no present one, and not the primary key,
    gives a value to: an item is in an index with all of its key, or not at all.
    """
    result = Derived()
    absent: set[str] = set()
    # An index may be made of attributes that are there anyway, the table's own keys among them.
    standing = rules.natural | set(rules.primary.attributes)
    for key_set in sets:
        names = [name for name in key_set.attributes if name not in standing]
        try:
            keys = _evaluate(key_set, values)
        except KeyBuildError as error:
            result.errors.append((key_set, error))
            continue
        if keys is None:
            absent.update(names)
        else:
            result.present.update({name: generic.encode(keys[name]) for name in names})
    result.absent = absent - set(result.present)
    return result


def _evaluate(
    key_set: KeySet | DerivedAttribute, values: Mapping[str, object]
) -> Mapping[str, KeyValue] | None:
    if isinstance(key_set, KeySet):
        return evaluate(key_set, values)
    text = render(key_set.template, values)
    return None if text is None else {key_set.name: text}
