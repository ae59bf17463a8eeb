"""The items of all tables together: parents first, so that children name ones that exist."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.dialect import snake_case
from kxmodel.dialect.relations import Relation, identity, relations
from kxmodel.emit.samples.kinds import kind_of
from kxmodel.samples import make_item

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from kxmodel.ir import Entity, Table
    from kxmodel.samples import Kind

Item: TypeAlias = dict[str, object]
#: (table, entity) -> its items.
Population: TypeAlias = dict[tuple[str, str], list[Item]]

#: Attempts at an item whose key no other has.
_ATTEMPTS: Final = 30
#: Items of one tenant, about.
_PER_TENANT: Final = 10
_MOST_TENANTS: Final = 8
#: How often an optional relation is there.
_RELATED: Final = 0.7


def populate(tables: Sequence[Table], count: int, seed: str) -> Population:
    """`count` items of each entity, fewer where its keys allow no more; the same for the same seed.

    Raises NoSample as `make_item`.
    """
    links = relations(tables)
    population: Population = {}
    tenants: dict[str, list[str]] = {}
    for table, entity in _parents_first(tables, links):
        key = (table.name, entity.name)
        # A chance of its own: another entity's change leaves this one's items as they are.
        chance = Random(f"{seed}/{table.name}/{entity.name}")  # noqa: S311  # samples, no secrets
        maker = _Maker(table, entity, [x for x in links if x.child == key], population, tenants)
        taken = {
            _key(table, item)
            for (of_table, _), items in population.items()
            if of_table == table.name
            for item in items
        }
        population[key] = maker.items(chance, count, taken)
    return population


def _parents_first(
    tables: Sequence[Table], links: Sequence[Relation]
) -> list[tuple[Table, Entity]]:
    waiting = [(table, entity) for table in tables for entity in table.entities]
    ordered: list[tuple[Table, Entity]] = []
    while waiting:
        missing = {(table.name, entity.name) for table, entity in waiting}
        ready = [
            (table, entity)
            for table, entity in waiting
            if not any(x.child == (table.name, entity.name) and x.parent in missing for x in links)
        ]
        chosen = ready or waiting[:1]
        ordered += chosen
        waiting = [each for each in waiting if each not in chosen]
    return ordered


class _Maker:
    """Makes the items of one entity."""

    def __init__(
        self,
        table: Table,
        entity: Entity,
        links: Sequence[Relation],
        population: Population,
        tenants: dict[str, list[str]],
    ) -> None:
        self._table = table
        self._entity = entity
        self._kind: Kind = kind_of(table, entity)
        self._links = sorted(links, key=lambda link: (not link.whole, -len(link.columns)))
        # What names a parent names one that exists, or is not there at all.
        self._optional = {
            name for link in links for name in link.columns if not entity.members[name].required
        }
        self._population = population
        self._tenants = tenants
        #: Relation and columns of the parent -> what stands in them -> the parents with it.
        self._found: dict[tuple[Relation, tuple[str, ...]], dict[Hashable, list[Item]]] = {}

    def items(self, chance: Random, count: int, taken: set[tuple[str, ...]]) -> list[Item]:
        """The items, whose keys are none of those taken."""
        made: list[Item] = []
        constant = all(template.is_constant for template in self._entity.keys.values())
        for _ in range(1 if constant else count):
            for _ in range(_ATTEMPTS):
                given = self._given(chance, count)
                item = make_item(self._kind, chance, given, self._optional - given.keys())
                key = _key(self._table, item)
                if key not in taken:
                    taken.add(key)
                    made.append(item)
                    break
            else:
                break
        return made

    def _given(self, chance: Random, count: int) -> Item:
        """What the item has from its parents and its tenant."""
        given: Item = {}
        chosen: dict[tuple[str, str], Item] = {}
        for link in self._links:
            parents = self._population.get(link.parent, [])
            if not link.required and chance.random() > _RELATED:
                continue
            if link.by_name:
                parent = chosen.get(link.parent) or _one(chance, parents)
                if parent is not None:
                    given[link.columns[0]] = _id(link, parent)
                continue
            found = _one(chance, self._agreeing(link, parents, given))
            if found is not None:
                chosen[link.parent] = found
                pairs = zip(link.columns, link.parent_columns, strict=True)
                given |= {c: found[p] for c, p in pairs if p in found}
        tenant = self._table.tenant
        if tenant in self._entity.members and tenant not in given and not self._is_tenant():
            given[tenant] = chance.choice(self._of_tenants(tenant, count))
        return given

    def _agreeing(
        self, link: Relation, parents: Sequence[Item], given: Mapping[str, object]
    ) -> Sequence[Item]:
        """The parents that have what is given already, found without a look at each."""
        pairs = zip(link.columns, link.parent_columns, strict=True)
        fixed = [(column, parent) for column, parent in pairs if column in given]
        if not fixed:
            return parents
        where = (link, tuple(parent for _, parent in fixed))
        if where not in self._found:
            groups: dict[Hashable, list[Item]] = {}
            for each in parents:
                groups.setdefault(_frozen([each.get(p) for _, p in fixed]), []).append(each)
            self._found[where] = groups
        return self._found[where].get(_frozen([given[column] for column, _ in fixed]), ())

    def _is_tenant(self) -> bool:
        return identity(self._entity) == (self._table.tenant,)

    def _of_tenants(self, name: str, count: int) -> list[str]:
        """The tenants there are, one list for all tables."""
        if name not in self._tenants:
            number = min(count // _PER_TENANT + 1, _MOST_TENANTS)
            # The same whichever entity comes first, as long as its schema is.
            chance = Random(f"tenants/{name}")  # noqa: S311  # samples, no secrets
            made = (make_item(self._kind, chance)[name] for _ in range(_ATTEMPTS))
            self._tenants[name] = [*dict.fromkeys(map(str, made))][:number]
        return self._tenants[name]


def _frozen(value: object) -> Hashable:
    """What is equal for equal JSON."""
    if isinstance(value, dict):
        return frozenset((name, _frozen(inner)) for name, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _one(chance: Random, items: Sequence[Item]) -> Item | None:
    return chance.choice(items) if items else None


def _id(link: Relation, parent: Mapping[str, object]) -> str:
    """An id for a parent that has none of its own: the same whenever the parent is named."""
    whole = "\n".join(str(parent.get(name)) for name in link.parent_columns)
    return f"{snake_case(link.parent[1])}_{sha256(whole.encode()).hexdigest()[:10]}"


def _key(table: Table, item: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(item.get(key.name)) for key in table.keys)
