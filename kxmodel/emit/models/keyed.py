"""The key attributes: which of an entity's attributes are derived, and what an index is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.emit.models.members import Member, Role, member
from kxmodel.emit.models.types import python_type
from kxmodel.ir import Attribute, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Entity, Index, KeyAttribute, Table
    from kxmodel.keys import Template


def templates_of(entity: Entity) -> Mapping[str, Template]:
    """Every key attribute that the entity fills -> its template."""
    found = dict(entity.keys)
    for keys in entity.indexes:
        for name, template in keys.keys.items():
            found.setdefault(name, template)
    return found


def members_of(table: Table, entity: Entity) -> list[Member]:
    """The entity's attributes in the order of the schema, with what makes them keys."""
    templates = templates_of(entity)
    return [_member(table, attribute, templates) for attribute in entity.attributes]


def _member(table: Table, attribute: Attribute, templates: Mapping[str, Template]) -> Member:
    plain = member(attribute)
    name = attribute.name
    template = templates.get(name)
    if template is None:
        return plain
    natural = template.is_natural and template.sources == (name,)
    if isinstance(attribute.shape, Scalar) and (not natural or len(table.entities) > 1):
        # To the base class of a shared table a key is text, whatever one entity allows in it.
        shape = replace(attribute.shape, choices=())
        plain = replace(plain, attribute=replace(attribute, shape=shape))
    role: Role = _role(table, name)
    return replace(
        plain,
        template=None if natural else template.text,
        role=role,
        key=True,
        null=not role and (plain.null if natural else not attribute.required),
    )


def _role(table: Table, name: str) -> Role:
    if name == table.hash.name:
        return "hash_key"
    return "range_key" if table.range is not None and name == table.range.name else ""


def shared_member(table: Table, key: KeyAttribute) -> Member:
    """A key attribute as the whole table sees it, whatever the single entities make of it."""
    found = [
        _member(table, entity.members[key.name], templates_of(entity))
        for entity in table.entities
        if key.name in entity.members
    ]
    role: Role = _role(table, key.name)
    attribute = Attribute(
        name=key.name,
        python_name=found[0].attribute.python_name if found else key.name.lower(),
        shape=_shared_shape(key, found),
        description=_shared_description(table, key.name),
    )
    # `template` says that it is derived; what it is made of differs from entity to entity.
    derived = all(declared.derived for declared in found)
    return Member(
        attribute,
        "" if derived else None,
        role,
        key=True,
        null=not role,
        loose=len({python_type(m.attribute.shape) for m in found}) > 1,
    )


def shared_members(table: Table) -> Mapping[str, Member]:
    """The table's keys, and those keys of its indexes that are derived wherever they are."""
    found = {key.name: shared_member(table, key) for key in table.keys}
    for index in table.indexes:
        for key in index.attributes:
            if key.name not in found and (shared := shared_member(table, key)).derived:
                found[key.name] = shared
    return found


def is_inherited(declared: Member, shared: Mapping[str, Member]) -> bool:
    """Whether an entity leaves the declaration to the class that it shares the table's keys with."""
    if not declared.key or not declared.derived:
        return False
    common = shared.get(declared.attribute.name)
    return common is not None and common.derived and not common.loose


def held_members(table: Table, entity: Entity) -> list[Member]:
    """Every attribute that the entity's class has, its own and what it inherits, by Python name."""
    own = members_of(table, entity)
    shared = shared_members(table) if len(table.entities) > 1 else {}
    found = {declared.attribute.python_name: declared for declared in shared.values()}
    for declared in own:
        if not is_inherited(declared, shared):
            found[declared.attribute.python_name] = declared
    return [found[name] for name in sorted(found)]


def index_members(table: Table, index: Index) -> list[Member]:
    """The key attributes of an index, as its class declares them."""
    made = []
    for keys, role in ((index.hash, "hash_key"), (index.range, "range_key")):
        for key in keys:
            shared = shared_member(table, key)
            bare = replace(shared.attribute, description="")
            part: Role = "hash_key" if role == "hash_key" else "range_key"
            made.append(replace(shared, attribute=bare, role=part, null=False))
    return made


def _shared_shape(key: KeyAttribute, found: list[Member]) -> Scalar:
    shapes = [m.attribute.shape for m in found]
    plain = {
        Scalar(shape.kind, region=shape.region, lower=shape.lower)
        for shape in shapes
        if isinstance(shape, Scalar)
    }
    if len(plain) == 1:
        return plain.pop()
    return Scalar("text" if key.type == "S" else "decimal" if key.type == "N" else "binary")


def _shared_description(table: Table, name: str) -> str:
    parts = []
    if name == table.hash.name:
        parts.append("partition key of the table")
    elif table.range is not None and name == table.range.name:
        parts.append("sort key of the table")
    for index in table.indexes:
        if any(key.name == name for key in index.hash):
            parts.append(f"partition key of {index.name}")
        if any(key.name == name for key in index.range):
            parts.append(f"sort key of {index.name}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
