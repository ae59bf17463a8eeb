"""An entity of the intermediate representation, as the maker of samples knows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.ir import DictOf, ListOf, MapOf
from kxmodel.ir.rules import rules_of
from kxmodel.samples import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Attribute, Entity, Shape, Table

#: Maps in one another whose examples are looked at.
_LEVELS = 8


def kind_of(table: Table, entity: Entity) -> Kind:
    """What the maker has to know. The examples of attributes become words to choose from."""
    rules = rules_of(table, entity)
    derived = {n for one in (rules.primary, *rules.derived) for n in one.attributes} - rules.natural
    times = {a.name: a.generate for a in entity.attributes if a.generate}
    return Kind(
        name=entity.name,
        schema=entity.schema,
        rules=rules,
        derived=frozenset(derived),
        times={name: made.time for name, made in times.items() if made.time},
        words=dict(_words(table, entity.attributes, ())),
        created=tuple(name for name, made in times.items() if made.kind == "created"),
        updated=tuple(name for name, made in times.items() if made.kind == "updated"),
    )


def _words(
    table: Table, attributes: tuple[Attribute, ...], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[object, ...]]]:
    if len(path) >= _LEVELS:
        return
    for attribute in attributes:
        here = (*path, attribute.name)
        if attribute.examples:
            yield here, tuple(json.loads(text) for text in attribute.examples)
        structure = _structure(attribute.shape)
        if structure is not None:
            yield from _words(table, table.structure(structure).attributes, here)


def _structure(shape: Shape) -> str | None:
    """The structure of a map, or of a list's elements."""
    match shape:
        case MapOf(structure=name):
            return name
        case ListOf(item=inner) | DictOf(value=inner):
            return _structure(inner) if not isinstance(shape, DictOf) else None
        case _:
            return None
