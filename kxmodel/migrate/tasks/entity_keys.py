"""The key templates of entities, as a key backfill is given them: plain data, compiled on first use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import BackfillError, TemplateError
from kxmodel.keys import DerivedAttribute, KeyPart, KeySet, key_rules, parse, parse_condition
from kxmodel.migrate.tasks.recognise import Recognise
from kxmodel.migrate.tasks.task import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import KeyRole, KeyRules, KeyType, Template
    from kxmodel.migrate.tasks.task import Guards, Item
    from kxmodel.values import JSON


@dataclass(frozen=True)
class KeyTypes:
    """What the key attributes are. types: attribute -> N or B, where it is not S.

    ranges: the attributes that are a sort key anywhere, for which the lower size limit holds.
    """

    types: Mapping[str, KeyType] = field(default_factory=dict)
    ranges: frozenset[str] = frozenset()

    def part(self, attribute: str, template: str) -> KeyPart:
        """A key attribute with its template."""
        role: KeyRole = "range" if attribute in self.ranges else "hash"
        return KeyPart(attribute, parse(template), role, self.types.get(attribute, "S"))


@dataclass(frozen=True)
class IndexKeys:
    """What an entity puts into one index: key attribute -> template. when: see `parse_condition`."""

    index: str
    keys: Mapping[str, str]
    when: Mapping[str, JSON] | None = None


@dataclass(frozen=True)
class EntityKeys:
    """All that decides about an entity's index keys.

    primary: the table's key attributes -> templates. indexes: every index that the entity is in.
    targets: names of the indexes whose keys are to be filled; the others only keep what they share
    with them. derive: other attributes that templates give, for keys that are made of one; they are
    computed for that, and only those that are among the targets are written. types: source -> the
    DynamoDB types that the schema lets it have; a value of another makes no key.
    """

    name: str
    primary: Mapping[str, str]
    indexes: tuple[IndexKeys, ...]
    targets: tuple[str, ...]
    recognise: Recognise = field(default_factory=Recognise)
    derive: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.targets) - {index.index for index in self.indexes} - set(self.derive)
        if unknown or not self.targets:
            shown = ", ".join(sorted(unknown)) or "no index at all"
            raise BackfillError(
                f"{self.name}: the keys of {shown} are to be filled, and no templates are given",
                code="KX628",
            )

    def compile(self, key_types: KeyTypes) -> CompiledKeys:
        """The templates, parsed. Raises TemplateError."""
        return CompiledKeys(self, key_types)


class CompiledKeys:
    """An entity's templates, parsed, and what follows from them."""

    def __init__(self, entity: EntityKeys, key_types: KeyTypes) -> None:
        def parts(keys: Mapping[str, str]) -> tuple[KeyPart, ...]:
            return tuple(key_types.part(name, template) for name, template in keys.items())

        self.entity = entity
        try:
            self.rules: KeyRules = key_rules(
                KeySet(entity.name, parts(entity.primary), sparse=False),
                [
                    KeySet(i.index, parts(i.keys), parse_condition(i.when) if i.when else None)
                    for i in entity.indexes
                ],
                [DerivedAttribute(name, parse(text)) for name, text in entity.derive.items()],
            )
        except TemplateError as error:
            raise BackfillError(
                f"{entity.name}: {error.message}", code="KX628", fix=error.fix
            ) from error

    @cached_property
    def targets(self) -> frozenset[str]:
        """The names of the indexes to fill."""
        return frozenset(self.entity.targets)

    @cached_property
    def sharers(self) -> tuple[KeySet | DerivedAttribute, ...]:
        """What the keys are made of, the targets, and whatever shares an attribute with them; in the order
        in which they are evaluated."""
        sharers = self.rules.with_sharers(self.targets)
        chosen = {o.name for o in sharers if isinstance(o, KeySet) or o.name in self.targets}
        for one in reversed(self.rules.derived):
            if one.name in chosen:
                chosen.update(made_of(one) & self.entity.derive.keys())
        return tuple(one for one in self.rules.derived if one.name in chosen)

    @cached_property
    def sets(self) -> tuple[KeySet | DerivedAttribute, ...]:
        """The sharers, but for indexes that make an attribute of a target's key by another template.

        Such a one is given up by the same migration, or comes back with its undoing.
        """
        wanted = {
            part.attribute: part.template.text
            for one in self.sharers
            if isinstance(one, KeySet) and one.name in self.targets
            for part in one.keys
        }
        return tuple(
            one
            for one in self.sharers
            if not isinstance(one, KeySet)
            or one.name in self.targets
            or all(wanted.get(p.attribute, p.template.text) == p.template.text for p in one.keys)
        )

    @cached_property
    def typed(
        self,
    ) -> tuple[tuple[KeySet | DerivedAttribute, tuple[str, ...], frozenset[str]], ...]:
        """(set, path of a source of its templates, the types that it may have).

        A value that only its condition looks at makes no part of a key.
        """
        return tuple(
            (one, tuple(source.split(".")), self.entity.types[source])
            for one in self.sets
            for source in dict.fromkeys(s for each in _templates(one) for s in each.sources)
            if source in self.entity.types
        )

    @cached_property
    def standing(self) -> frozenset[str]:
        """Attributes that no template derives: the table's key, and natural ones."""
        return self.rules.natural | frozenset(self.rules.primary.attributes)

    @cached_property
    def writes(self) -> frozenset[str]:
        """The derived key attributes of the targets."""
        names = {n for s in self.sets if s.name in self.targets for n in s.attributes}
        return frozenset(names) - self.standing

    @cached_property
    def natural(self) -> tuple[KeyPart, ...]:
        """The targets' key attributes that are attributes of the item as it is."""
        primary = set(self.rules.primary.attributes)
        return tuple(
            part
            for key_set in self.sets
            if isinstance(key_set, KeySet) and key_set.name in self.targets
            for part in key_set.keys
            if part.attribute in self.rules.natural and part.attribute not in primary
        )

    @cached_property
    def source_paths(self) -> tuple[tuple[str, ...], ...]:
        """The paths that decide, the table's key attributes apart, which never change."""
        primary = set(self.rules.primary.attributes)
        paths = (tuple(source.split(".")) for s in self.sets for source in s.sources)
        given = primary | self.entity.derive.keys()
        return tuple(path for path in dict.fromkeys(paths) if path[0] not in given)

    def guards(self, item: Item) -> Guards:
        """What decides about an item's keys and was read to tell which entity it is of, as it is stored.

        The table's own key is left out, which never changes.
        """
        primary = self.rules.primary.attributes
        known = self.entity.recognise.guards(item)
        return {
            **{path: find(item, path) for path in self.source_paths},
            **{path: value for path, value in known.items() if path[0] not in primary},
        }

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The top-level attributes to look at, beside the table's keys."""
        primary = set(self.rules.primary.attributes)
        names = (
            *self.entity.recognise.attributes,
            *(str(path[0]) for path in self.source_paths),
            *(part.attribute for part in self.natural),
            *sorted(self.writes),
        )
        return tuple(name for name in dict.fromkeys(names) if name not in primary)


def _templates(one: KeySet | DerivedAttribute) -> tuple[Template, ...]:
    if isinstance(one, KeySet):
        return tuple(part.template for part in one.keys)
    return (one.template,)


def made_of(one: KeySet | DerivedAttribute) -> frozenset[str]:
    """The top-level attributes that decide about a set."""
    return frozenset(source.partition(".")[0] for source in one.sources)
