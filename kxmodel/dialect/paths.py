"""Dotted paths of stored names, e.g. ``contactInfo.phone``, looked up in an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.ir import AnyValue, DictOf, MapOf, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Attribute, Entity, Structure


def shape_at(entity: Entity, structures: Mapping[str, Structure], path: str) -> Shape | None:
    """The shape of what stands at `path` in items of the entity; None if nothing is declared there.

    Under a map with free names, and under a value whose type is left open, anything may stand.
    structures: class name -> structure.
    """
    first, *rest = path.split(".")
    if first not in entity.members:
        return None
    shape = entity.members[first].shape
    for name in rest:
        match shape:
            case MapOf(structure=owner):
                member = structures[owner].members.get(name)
                if member is None:
                    return None
                shape = member.shape
            case DictOf(value=value):
                shape = value
            case AnyValue():
                return AnyValue()
            case _:
                return None
    return shape


def known_paths(
    entity: Entity, structures: Mapping[str, Structure], depth: int = 3
) -> Iterator[str]:
    """The declared paths down to `depth` names, for suggestions."""
    yield from _below(entity.attributes, structures, depth)


def _below(
    attributes: tuple[Attribute, ...], structures: Mapping[str, Structure], depth: int
) -> Iterator[str]:
    for attribute in attributes:
        yield attribute.name
        if depth > 1 and isinstance(attribute.shape, MapOf):
            inner = structures[attribute.shape.structure].attributes
            for path in _below(inner, structures, depth - 1):
                yield f"{attribute.name}.{path}"
