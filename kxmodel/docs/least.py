"""The fewest bytes that an item of an entity can take: a bound from below, by what the schema demands.

It counts as `kxmodel.values.attribute_size` does, and leaves out what only some keywords demand, such
as the length that a pattern asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from kxmodel.dialect import shape_at
from kxmodel.docs.conditions import sparse
from kxmodel.ir import DictOf, ListOf, MapOf, Scalar, SetOf
from kxmodel.keys import Literal
from kxmodel.values import attribute_size, from_json, utf8_length

if TYPE_CHECKING:
    from kxmodel.ir import Attribute, Entity, Shape, Table
    from kxmodel.keys import Placeholder, Template
    from kxmodel.values import JSON

#: The shortest text of a kind, in bytes, where its form gives one: ``a@b``, ``+12``, a ULID.
_TEXTS: Final = {"email": 3, "phone": 3, "ulid": 26, "timestamp": 24}
_EMPTY: Final = frozenset({"text", "binary"})
_CONTAINER_BYTES: Final = 3
_ELEMENT_BYTES: Final = 1


def least_size(table: Table, entity: Entity) -> int:
    """Bytes: what is required or made by every write, each as short as it may be, keys included."""
    keys: dict[str, Template] = {}
    for filled in entity.indexes:
        if not sparse(table, entity, filled):
            keys |= filled.keys
    keys |= entity.keys
    numbers = {
        key.name
        for attributes in (table.keys, *(index.attributes for index in table.indexes))
        for key in attributes
        if key.type == "N"
    }
    total = sum(
        utf8_length(name) + (1 if name in numbers else _key(table, entity, template))
        for name, template in keys.items()
    )
    rest = [a for a in entity.attributes if a.name not in keys]
    least = _Least(table)
    return total + sum(utf8_length(a.name) + least.value(a) for a in rest if _there(entity, a))


def _there(entity: Entity, attribute: Attribute) -> bool:
    """Whether every item has it; an empty set is not stored."""
    times = {a.generate.time for a in entity.attributes if a.generate}
    made = attribute.generate is not None or attribute.name in times
    return (attribute.required or made) and not isinstance(attribute.shape, SetOf)


def _key(table: Table, entity: Entity, template: Template) -> int:
    total = 0
    for part in template.parts:
        if isinstance(part, Literal):
            total += utf8_length(part.text)
        else:
            total += part.width or _piece(table, entity, part)
    return total


def _piece(table: Table, entity: Entity, part: Placeholder) -> int:
    """A piece is never empty; as long as its source where no filter changes that."""
    structures = {each.name: each for each in table.structures}
    shape = shape_at(entity, structures, part.source)
    if isinstance(shape, Scalar) and not part.filters and not shape.choices:
        return _TEXTS.get(shape.kind, 1)
    return 1


class _Least:
    """The smallest values of a table's attributes. Each structure is counted once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sizes: dict[str, int] = {}

    def value(self, attribute: Attribute) -> int:
        limits = {each.keyword: each.value for each in attribute.constraints}
        fewest = _number(limits.get("minItems")) or 0
        shortest = _number(limits.get("minLength")) or 0
        least = self._shape(attribute.shape, fewest)
        return max(least, 0 if attribute.shape.nullable else shortest)

    def _shape(self, shape: Shape, fewest: int = 0) -> int:
        """Bytes of the smallest value. fewest: elements of a list."""
        if shape.nullable:
            return 0 if isinstance(shape, Scalar) and shape.kind in _EMPTY else 1
        match shape:
            case Scalar(choices=choices) if choices:
                return min(attribute_size(from_json(cast("JSON", each))) for each in choices)
            case Scalar(kind=kind):
                return 0 if kind in _EMPTY else _TEXTS.get(kind, 1)
            case MapOf(structure=name):
                return _CONTAINER_BYTES + self._members(name)
            case ListOf(item=item):
                return _CONTAINER_BYTES + fewest * (_ELEMENT_BYTES + self._shape(item))
            case DictOf():
                return _CONTAINER_BYTES
            case _:
                return 0

    def _members(self, name: str) -> int:
        if name not in self._sizes:
            # One that demands itself has no end: no item is valid, and so none is the smallest.
            self._sizes[name] = 0
            self._sizes[name] = sum(
                _ELEMENT_BYTES + utf8_length(each.name) + self.value(each)
                for each in self._table.structure(name).attributes
                if each.required and not isinstance(each.shape, SetOf)
            )
        return self._sizes[name]


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
