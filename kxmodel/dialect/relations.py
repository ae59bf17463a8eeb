"""What entities say about each other: one's attributes are what another's key is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.dialect.names import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from kxmodel.ir import Entity, Table


@dataclass(frozen=True)
class Relation:
    """Items of the child name an item of the parent.

    columns: stored names in the child, parallel to those in the parent. whole: whether they are all
    that the parent's key is made of. by_name: whether an id as ``lead_id``, which no attribute of the
    parent holds, names it; the parent's column is its partition key then.
    """

    child: tuple[str, str]
    """Table and entity."""
    parent: tuple[str, str]
    columns: tuple[str, ...]
    parent_columns: tuple[str, ...]
    whole: bool
    required: bool
    by_name: bool = False


def identity(entity: Entity) -> tuple[str, ...]:
    """The attributes that the primary key is made of, each once."""
    sources = (s for template in entity.keys.values() for s in template.sources)
    return tuple(dict.fromkeys(source.partition(".")[0] for source in sources))


def relations(tables: Sequence[Table]) -> tuple[Relation, ...]:
    """The relations between all entities of the tables, in the order of the children.

    A child refers to a parent if it has all attributes of the parent's identity, or else those that
    are the parent's own: not the tenant, and not what the parent takes from a parent itself. No two
    entities refer to each other. An attribute called after an entity, as ``lead_id`` or ``leadId``,
    refers to it as well.
    """
    every = _Entities(tables)
    whole = every.whole()
    owned = every.owned(whole)
    found = []
    for child, one in enumerate(every):
        for parent in sorted({*whole[child], *owned[child]}):
            columns = every[parent].identity if parent in whole[child] else owned[child][parent]
            found.append(_relation(one, every[parent], columns, whole=parent in whole[child]))
        found += every.by_name(one)
    return tuple(found)


@dataclass(frozen=True)
class _Named:
    """An entity in its table. of: the attributes that its key is made of, as a set."""

    table: Table
    entity: Entity
    identity: tuple[str, ...]
    of: frozenset[str]

    @property
    def name(self) -> tuple[str, str]:
        return self.table.name, self.entity.name


class _Entities:
    """All entities by their places; those with an attribute are found without a look at each."""

    def __init__(self, tables: Sequence[Table]) -> None:
        pairs = [(table, entity) for table in tables for entity in table.entities]
        made = [(table, entity, identity(entity)) for table, entity in pairs]
        self._all = [_Named(table, entity, own, frozenset(own)) for table, entity, own in made]
        self._having: dict[str, list[int]] = {}
        self._identified: dict[str, list[int]] = {}
        self._called: dict[str, list[int]] = {}
        for place, one in enumerate(self._all):
            for name in one.entity.members:
                self._having.setdefault(name, []).append(place)
            for name in one.identity:
                self._identified.setdefault(name, []).append(place)
            self._called.setdefault(_id(one.entity), []).append(place)
        self._homes = {name: self._home(name) for name in self._identified}

    def __iter__(self) -> Iterator[_Named]:
        return iter(self._all)

    def __getitem__(self, place: int) -> _Named:
        return self._all[place]

    def whole(self) -> list[set[int]]:
        """Of each child, the parents whose whole identity its key names; the larger key is the child's."""
        found: list[set[int]] = [set() for _ in self._all]
        for place, parent in enumerate(self._all):
            for child in self._with(parent.of):
                if child != place and not self._all[child].of <= parent.of:
                    found[child].add(place)
        return found

    def owned(self, whole: Sequence[set[int]]) -> list[dict[int, tuple[str, ...]]]:
        """Of each child, the parents that it names by what is their own, and those attributes."""
        found: list[dict[int, tuple[str, ...]]] = [{} for _ in self._all]
        for place, parent in enumerate(self._all):
            # What identifies the parent within its tenant and its own parents.
            tenant = parent.table.tenant
            taken = {tenant}.union(*(self._all[each].of for each in whole[place]))
            own = tuple(name for name in parent.identity if name not in taken)
            if not own or own == parent.identity or any(self._homes[n] != place for n in own):
                continue
            for child in self._with({*own} | (parent.entity.members.keys() & {tenant})):
                has = self._all[child].of
                if child != place and not (has and has < parent.of):
                    found[child][place] = own
        return found

    def by_name(self, child: _Named) -> Iterator[Relation]:
        """References by an attribute called after an entity that has no attribute of that name."""
        for name, attribute in child.entity.members.items():
            for place in self._called.get(snake_case(name), ()):
                parent = self._all[place]
                if parent.entity is child.entity or name in parent.entity.members:
                    continue
                yield Relation(
                    child=child.name,
                    parent=parent.name,
                    columns=(name,),
                    parent_columns=(parent.table.hash.name,),
                    whole=False,
                    required=attribute.required,
                    by_name=True,
                )

    def _with(self, names: Set[str]) -> Iterator[int]:
        """The entities that have all these attributes; none for no attributes."""
        rarest = min((self._having.get(name, []) for name in names), key=len, default=[])
        return (place for place in rarest if names <= self._all[place].entity.members.keys())

    def _home(self, name: str) -> int:
        """The entity that an identifying attribute is the id of: the one it is called after, else the
        one that is identified by the least beside it."""
        having = self._identified[name]
        called = [place for place in having if snake_case(name) == _id(self._all[place].entity)]
        return min(called or having, key=lambda place: len(self._all[place].identity))


def _id(entity: Entity) -> str:
    return f"{snake_case(entity.name)}_id"


def _relation(child: _Named, parent: _Named, columns: tuple[str, ...], *, whole: bool) -> Relation:
    required = all(child.entity.members[name].required for name in columns)
    return Relation(child.name, parent.name, columns, columns, whole, required)
