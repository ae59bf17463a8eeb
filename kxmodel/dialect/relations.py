"""What entities say about each other: one's attributes are what another's key is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.dialect.names import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    every = [(table, entity) for table in tables for entity in table.entities]
    whole = {
        (child.name, parent.name, ct.name, pt.name)
        for ct, child in every
        for pt, parent in every
        if _has_whole(child, parent)
    }
    owned = {
        (pt.name, parent.name): own
        for pt, parent in every
        if (own := _own(parent, pt, every, whole))
        and own != identity(parent)
        and all(_home(name, every) is parent for name in own)
    }
    found = []
    for ct, child in every:
        for pt, parent in every:
            if child is parent:
                continue
            if (child.name, parent.name, ct.name, pt.name) in whole:
                columns = identity(parent)
                found.append(_relation(ct, child, pt, parent, columns, whole=True))
                continue
            own = owned.get((pt.name, parent.name), ())
            if own and _refers(child, parent, own, pt):
                found.append(_relation(ct, child, pt, parent, own, whole=False))
        found += _by_name(ct, child, every)
    return tuple(found)


def _has_whole(child: Entity, parent: Entity) -> bool:
    """Whether the child's key names the parent's whole identity; the larger key is the child's."""
    wanted, has = identity(parent), identity(child)
    if child is parent or not wanted or not set(wanted) <= set(child.members):
        return False
    return not set(has) <= set(wanted)


def _own(
    parent: Entity,
    table: Table,
    every: Sequence[tuple[Table, Entity]],
    whole: set[tuple[str, str, str, str]],
) -> tuple[str, ...]:
    """What identifies the parent within its tenant and its own parents."""
    taken = {table.tenant}
    for other_table, other in every:
        if (parent.name, other.name, table.name, other_table.name) in whole:
            taken |= set(identity(other))
    return tuple(name for name in identity(parent) if name not in taken)


def _home(name: str, every: Sequence[tuple[Table, Entity]]) -> Entity | None:
    """The entity that an identifying attribute is the id of: the one it is called after, else the
    one that is identified by the least beside it."""
    having = [entity for _, entity in every if name in identity(entity)]
    called = [e for e in having if snake_case(name) == f"{snake_case(e.name)}_id"]
    return min(called or having, key=lambda entity: len(identity(entity)), default=None)


def _refers(child: Entity, parent: Entity, own: tuple[str, ...], table: Table) -> bool:
    has = set(identity(child))
    tenant = {table.tenant} & set(parent.members)
    return set(own) | tenant <= set(child.members) and not (has and has < set(identity(parent)))


def _by_name(ct: Table, child: Entity, every: Sequence[tuple[Table, Entity]]) -> Iterator[Relation]:
    """References by an attribute called after an entity that has no attribute of that name."""
    for name, attribute in child.members.items():
        for pt, parent in every:
            called = snake_case(name) == f"{snake_case(parent.name)}_id"
            if not called or parent is child or name in parent.members:
                continue
            yield Relation(
                child=(ct.name, child.name),
                parent=(pt.name, parent.name),
                columns=(name,),
                parent_columns=(pt.hash.name,),
                whole=False,
                required=attribute.required,
                by_name=True,
            )


def _relation(
    ct: Table, child: Entity, pt: Table, parent: Entity, columns: tuple[str, ...], *, whole: bool
) -> Relation:
    required = all(child.members[name].required for name in columns)
    return Relation(
        (ct.name, child.name), (pt.name, parent.name), columns, columns, whole, required
    )
