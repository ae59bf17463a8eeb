"""Access patterns with the keys that they read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from kxmodel.lint.place import below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.ir import AccessPattern, Entity, Index, KeyAttribute, Table
    from kxmodel.keys import Placeholder, Template


@dataclass(frozen=True)
class Read:
    """One access pattern of a table.

    hash, range: the key attributes of what is read. returned: the entities that may come back.
    """

    pattern: AccessPattern
    entity: Entity
    index: Index | None
    hash: Sequence[KeyAttribute]
    range: Sequence[KeyAttribute]
    returned: tuple[Entity, ...]

    @property
    def name(self) -> str:
        """What messages call it: the method, e.g. ``Lead.by_phone``."""
        return f"{self.entity.name}.{self.pattern.name}"

    @property
    def target(self) -> str:
        """What messages call the thing that is read."""
        return self.index.name if self.index else "the table"

    @cached_property
    def known(self) -> frozenset[str]:
        """The sources whose value the call or the pattern gives."""
        return frozenset((*self.pattern.given, *self.pattern.fixed))

    def place(self, *parts: str | int) -> str:
        """The pointer of a member of the pattern."""
        return below(self.pattern.pointer, *parts)

    def keys(self, entity: Entity, attributes: Sequence[KeyAttribute]) -> tuple[Template, ...]:
        """The entity's templates of these key attributes; empty if it is never in the index."""
        if self.index is None:
            return tuple(entity.keys[key.name] for key in attributes)
        for keys in entity.indexes:
            if keys.index == self.index.name:
                return tuple(keys.keys[key.name] for key in attributes)
        return ()

    def leading(self, entity: Entity) -> tuple[tuple[str, ...], Placeholder | None]:
        """The sources of the range key that are known up to the first that is not; and that one."""
        given: list[str] = []
        for template in self.keys(entity, self.range):
            for placeholder in template.placeholders:
                if placeholder.source not in self.known:
                    return tuple(given), placeholder
                given.append(placeholder.source)
        return tuple(given), None

    def settled(self) -> frozenset[str]:
        """The sources whose value the key settles for every item that may come back.

        A shard does not settle its source: many values have the same one.
        """
        of_hash = {
            placeholder.source
            for template in self.keys(self.entity, self.hash)
            for placeholder in template.placeholders
            if all(bound.name != "shard" for bound in placeholder.filters)
        }
        of_range = (frozenset(self.leading(entity)[0]) for entity in self.returned)
        return self.known & reduce(frozenset.intersection, of_range, self.known).union(of_hash)

    def compared(self) -> tuple[str, ...]:
        """The known paths that are compared on every item, since the key does not settle them."""
        settled = self.settled()
        known = (*self.pattern.given, *self.pattern.fixed)
        return tuple(p for p in known if p in self.pattern.filter or p not in settled)


def reads(table: Table) -> Iterator[Read]:
    """The table's access patterns, in the order of the file."""
    indexes = {index.name: index for index in table.indexes}
    entities = {entity.name: entity for entity in table.entities}
    for pattern in table.patterns:
        index = indexes[pattern.index] if pattern.index is not None else None
        names = pattern.returns or (pattern.entity,)
        yield Read(
            pattern,
            entities[pattern.entity],
            index,
            index.hash if index else (table.hash,),
            index.range if index else ((table.range,) if table.range else ()),
            tuple(entities[name] for name in names),
        )
