"""How stored items are told apart where several entities share the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.ir import Entity, Recognition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.dialect.node import Node


def with_recognition(entities: Sequence[tuple[Entity, Node]]) -> tuple[Entity, ...]:
    """The entities with their rules: what `recognise` declares, else what their keys show.

    The node of each is its object schema. Raises SchemaError (KX133) for an entity of several that
    has no rule.
    """
    return tuple(
        replace(entity, recognition=_recognition(entity, node, alone=len(entities) == 1))
        for entity, node in entities
    )


def _recognition(entity: Entity, node: Node, *, alone: bool) -> Recognition:
    declared = node.get("x-kx-entity")
    rule = declared.get("recognise") if declared else None
    if rule:
        return Recognition(_texts(rule, "equals"), _texts(rule, "prefix"))
    if alone:
        return Recognition()
    derived = _from_keys(entity)
    if not derived.equals and not derived.prefixes:
        node.fail(f"nothing in the keys of {entity.name} tells its items from others", "KX133")
    return derived


def _from_keys(entity: Entity) -> Recognition:
    """Constants and literal prefixes of the primary key's templates."""
    constants = {n: t.literal_prefix for n, t in entity.keys.items() if t.is_constant}
    prefixes = {
        name: template.literal_prefix
        for name, template in entity.keys.items()
        if template.literal_prefix and not template.is_constant
    }
    return Recognition(constants, prefixes)


def _texts(rule: Node, name: str) -> dict[str, str]:
    return {key: node.value for key, node in rule.members(name) if isinstance(node.value, str)}
