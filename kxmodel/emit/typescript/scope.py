"""One table with the names that its module gives to everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.dialect import shape_at
from kxmodel.emit.typescript.names import Names, camel, constant, pascal
from kxmodel.keys import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.typescript.types import Values
    from kxmodel.ir import Attribute, Entity, Shape, Structure, Table
    from kxmodel.keys import Template


@dataclass(frozen=True)
class Scope:
    """What the parts of a module share.

    values: where the values come from. names: those taken so far; the types come first, so that
    they keep the names that the schema gives them. typed: whether types are printed; without them
    the same code is JavaScript.
    """

    table: Table
    values: Values
    names: Names = field(default_factory=Names)
    typed: bool = True

    @cached_property
    def interfaces(self) -> Mapping[str, str]:
        """Entity or structure -> its interface."""
        table = self.table
        declared = [one.name for one in table.entities] + [one.name for one in table.structures]
        return {name: self.names.take(name) for name in declared}

    @cached_property
    def structures(self) -> Mapping[str, Structure]:
        """Structure by name."""
        return {one.name: one for one in self.table.structures}

    @cached_property
    def templates(self) -> Mapping[tuple[str, str | None, str], str]:
        """(entity, index or None, attribute) -> the constant of its template.

        Where an entity has one template in several places, they share a constant.
        """
        assert self.interfaces
        made: dict[tuple[str, Template], str] = {}
        found: dict[tuple[str, str | None, str], str] = {}
        for entity in self.table.entities:
            for place, template in templates_of(entity).items():
                if (entity.name, template) not in made:
                    made[entity.name, template] = self.names.take(_constant(*place))
                found[place] = made[entity.name, template]
        return found

    def function(self, *words: str) -> str:
        """A free name for a function, e.g. ``queryOrderOpenIn``."""
        assert self.templates is not None
        return self.names.take(camel(*words))

    def type(self, *words: str) -> str:
        """A free name for a type, e.g. ``OrderInput``."""
        assert self.interfaces
        return self.names.take("".join(map(pascal, words)))

    def annotation(self, found: str) -> str:
        """A type after a name: ``: string``; nothing where no types are printed."""
        return f": {found}" if self.typed else ""

    def shape(self, entity: Entity, path: str) -> Shape | None:
        """The shape of what stands at a dotted path; None where nothing is declared."""
        return shape_at(entity, self.structures, path)


def templates_of(entity: Entity) -> dict[tuple[str, str | None, str], Template]:
    """(entity, index or None, attribute) -> template, of all keys and derived attributes."""
    owner = entity.name
    found: dict[tuple[str, str | None, str], Template] = {}
    found |= {(owner, None, name): template for name, template in entity.keys.items()}
    for filled in entity.indexes:
        found |= {(owner, filled.index, name): t for name, t in filled.keys.items()}
    found |= {(owner, None, a.name): parse(a.derive) for a in entity.attributes if a.derive}
    return found


def _constant(entity: str, index: str | None, attribute: str) -> str:
    """``ORDER_GSI1_PK``: of the index GSI1, whether the attribute is GSI1PK or PK."""
    if index is None or attribute.startswith(index):
        return constant(entity, attribute)
    return constant(entity, index, attribute)


def is_derived(entity: Entity, attribute: Attribute) -> bool:
    """Whether a template gives the attribute, so that callers never do."""
    made = [keys[attribute.name] for keys in _keys(entity) if attribute.name in keys]
    own = all(one.is_natural and one.sources == (attribute.name,) for one in made)
    return bool(attribute.derive) or not own


def is_in_every_item(entity: Entity, attribute: Attribute) -> bool:
    """Whether each stored item has it: it is required, or of the table's key."""
    return attribute.required or attribute.name in entity.keys


def _keys(entity: Entity) -> tuple[Mapping[str, Template], ...]:
    return (entity.keys, *(filled.keys for filled in entity.indexes))
