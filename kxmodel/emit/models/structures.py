"""Nested structures: one `Map` class each, those that others are made of first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.models.constructor import constructor
from kxmodel.emit.models.layout import Group, statement
from kxmodel.emit.models.members import declarations, member
from kxmodel.emit.models.quote import docstring
from kxmodel.ir import DictOf, ListOf, MapOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kxmodel.emit.models.names import Names
    from kxmodel.emit.models.types import Types
    from kxmodel.ir import Attribute, Shape, Structure


def in_order(structures: Sequence[Structure]) -> tuple[Structure, ...]:
    """Each structure after those that it is made of, else in the order of the schema.

    In a circle, one comes before what it is made of; the first in the schema's order is last.
    """
    by_name = {structure.name: structure for structure in structures}
    found: dict[str, Structure] = {}
    entered: set[str] = set()
    for root in structures:
        if root.name in entered:
            continue
        entered.add(root.name)
        stack = [(root, _parts_of(root, by_name))]
        while stack:
            structure, parts = stack[-1]
            part = next((part for part in parts if part.name not in entered), None)
            if part is None:
                found[structure.name] = structure
                stack.pop()
            else:
                entered.add(part.name)
                stack.append((part, _parts_of(part, by_name)))
    return tuple(found.values())


def kept_plain(ordered: Sequence[Structure]) -> frozenset[tuple[str, str]]:
    """The members, (owner, attribute), that hold a structure whose class comes later or is theirs.

    A class cannot be a member of itself: such a member is kept as a plain dict.
    """
    seen: set[str] = set()
    found = set()
    for structure in ordered:
        for attribute in structure.attributes:
            shape = attribute.shape
            if isinstance(shape, MapOf) and shape.structure not in seen:
                found.add((structure.name, attribute.name))
        seen.add(structure.name)
    return frozenset(found)


def circles(structures: Sequence[Structure]) -> frozenset[tuple[str, str]]:
    """The members, (owner, attribute), by which a structure may hold one of its own kind again."""
    parts = {s.name: {a.name: _structure_in(a) for a in s.attributes} for s in structures}
    found = set()
    for owner, members in parts.items():
        for name, part in members.items():
            seen: set[str] = set()
            waiting = [part] if part is not None else []
            while waiting:
                structure = waiting.pop()
                if structure not in seen:
                    seen.add(structure)
                    waiting += [p for p in parts.get(structure, {}).values() if p is not None]
            if owner in seen:
                found.add((owner, name))
    return frozenset(found)


def members_of(structure: Structure) -> frozenset[str]:
    """Every name that stands in the body of the structure's class."""
    return frozenset({"__init__", *(a.python_name for a in structure.attributes)})


def class_lines(
    structure: Structure, names: Names, types: Types, defined: Iterable[str]
) -> list[str]:
    """The class of one structure. defined: the structures whose classes stand above."""
    scope = names.scope(members_of(structure))
    members = [member(attribute) for attribute in structure.attributes]
    head = Group(f"class {structure.name}(", (names.scope()("Map", run=True),), "):")
    doc = docstring(structure.description, 4, f"The nested structure {structure.name}.")
    body = declarations(structure.name, members, types, scope, frozenset(defined))
    made = [*statement(head), *doc, ""]
    if body:
        made += [*body, "", *constructor(structure.name, members, types, scope)]
    return made if body else made[:-1]


def _parts_of(structure: Structure, known: Mapping[str, Structure]) -> Iterator[Structure]:
    names = (_structure_in(attribute) for attribute in structure.attributes)
    return iter([known[name] for name in names if name is not None and name in known])


def _structure_in(attribute: Attribute) -> str | None:
    shape: Shape = attribute.shape
    while isinstance(shape, ListOf | DictOf):
        shape = shape.item if isinstance(shape, ListOf) else shape.value
    return shape.structure if isinstance(shape, MapOf) else None
