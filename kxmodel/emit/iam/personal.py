"""What shows personal data: attributes marked so, and keys and derived values that are made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.ir import DictOf, MapOf
from kxmodel.keys import parse

if TYPE_CHECKING:
    from kxmodel.ir import Attribute, Entity, IndexKeys, Table
    from kxmodel.keys import Template


def shows_personal(table: Table, entity: Entity, attribute: Attribute) -> bool:
    """Whether an attribute is personal data, or derived from some."""
    return attribute.personal or (
        attribute.derive is not None and _is_made_of(table, entity, parse(attribute.derive))
    )


def personal_keys(table: Table, entity: Entity, keys: IndexKeys) -> frozenset[str]:
    """The key attributes, of the table and of an index, that show personal data."""
    templates = {**entity.keys, **keys.keys}
    return frozenset(
        name
        for name, template in templates.items()
        if (name in entity.members and entity.members[name].personal)
        or _is_made_of(table, entity, template)
    )


def _is_made_of(table: Table, entity: Entity, template: Template) -> bool:
    return any(_is_personal(table, entity, source) for source in template.sources)


def _is_personal(table: Table, entity: Entity, path: str) -> bool:
    """Whether what stands at a path, or a map around it, is personal data."""
    members = entity.members
    for name in path.split("."):
        attribute = members.get(name)
        if attribute is None:
            return False
        if attribute.personal:
            return True
        shape = attribute.shape
        if isinstance(shape, DictOf):
            shape = shape.value
        if not isinstance(shape, MapOf):
            return False
        members = table.structure(shape.structure).members
    return False
