"""Whether every item has a value at a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.paths import shape_at
from kxmodel.ir import MapOf, Scalar

if TYPE_CHECKING:
    from kxmodel.ir import Attribute, Entity, Table


def always_there(table: Table, entity: Entity, path: str) -> bool:
    """Whether an item of the entity has a value there, as far as the schema says.

    It is there if it is required and not nullable, as is every map on the way to it, or if kxmodel
    makes it: generated, given as the time of a generated ULID, or a default. A path that is not
    declared counts as there, since another rule speaks of it.
    """
    structures = {structure.name: structure for structure in table.structures}
    if shape_at(entity, structures, path) is None:
        return True
    first, *rest = path.split(".")
    attribute = entity.members[first]
    if not rest and _made(entity, attribute):
        return True
    for name in rest:
        if not _given(attribute) or not isinstance(attribute.shape, MapOf):
            return False
        attribute = structures[attribute.shape.structure].members[name]
    return _given(attribute)


def _given(attribute: Attribute) -> bool:
    return attribute.required and not attribute.shape.nullable


def _made(entity: Entity, attribute: Attribute) -> bool:
    if isinstance(attribute.shape, Scalar) and attribute.shape.kind == "version":
        return True
    times = {other.generate.time for other in entity.attributes if other.generate}
    return (
        attribute.generate is not None or attribute.default is not None or attribute.name in times
    )
