"""JSON pointers of what rules speak of, as the dialect lays a schema file out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.positions import child

if TYPE_CHECKING:
    from kxmodel.ir import Entity


def below(pointer: str, *parts: str | int) -> str:
    """The pointer of a node below the one at `pointer`."""
    for part in parts:
        pointer = child(pointer, part)
    return pointer


def of_key(entity: Entity, index: str | None, attribute: str) -> str:
    """Where an entity's template of a key attribute stands; `index` None: of the table itself."""
    declared = below(entity.pointer, "x-kx-entity")
    if index is None:
        return below(declared, "keys", attribute)
    return below(declared, "indexes", index, "keys", attribute)


def of_when(entity: Entity, index: str, *parts: str) -> str:
    """Where an entity's condition for an index stands."""
    return below(entity.pointer, "x-kx-entity", "indexes", index, "when", *parts)


def of_recognition(entity: Entity, kind: str, attribute: str) -> str:
    """Where a recognition test stands; `kind` is ``equals`` or ``prefix``."""
    return below(entity.pointer, "x-kx-entity", "recognise", kind, attribute)


def of_table(*parts: str) -> str:
    """Where a member of x-kx-table stands."""
    return below("", "x-kx-table", *parts)
