"""The model classes: one for each entity, and the base of those that share a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.emit.models import awaited
from kxmodel.emit.models.constructor import constructor
from kxmodel.emit.models.entity import entity_lines
from kxmodel.emit.models.keyed import is_inherited, members_of, shared_members
from kxmodel.emit.models.layout import Group, named, statement
from kxmodel.emit.models.members import Member, declarations
from kxmodel.emit.models.methods import Methods
from kxmodel.emit.models.quote import docstring, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.models.names import Names, Scope
    from kxmodel.emit.models.types import Types
    from kxmodel.ir import Entity, Table


@dataclass(frozen=True)
class Models:
    """Writes the model classes of one table.

    base: the class that the items of every entity are of; None: there is one entity.
    indexes: index -> its class. schemas: entity -> ``module:NAME`` of its JSON Schema. awaited: entity
    -> the class of its ``aio``.
    """

    table: Table
    base: str | None
    indexes: Mapping[str, str]
    schemas: Mapping[str, str]
    awaited: Mapping[str, str]
    names: Names
    types: Types

    def base_lines(self) -> list[str]:
        """The class with what all entities of the table share: its keys and its indexes."""
        assert self.base is not None
        table = self.table
        shared = list(self._shared.values())
        hidden = {"Meta", *(m.attribute.python_name for m in shared), *_index_names(table)}
        scope = self.names.scope(hidden)
        said = table.description.strip() or f"All items of the table `{table.name}`."
        doc = f"{said}\n\n`{self.base}.query(...)` returns each item as its own class."
        return _blocks(
            [*self._head(self.base, "Model"), *docstring(doc, 4)],
            self._meta(scope),
            declarations(self.base, shared, self.types, scope, frozenset()),
            self._index_lines(scope),
        )

    def entity_lines(self, entity: Entity) -> list[str]:
        """The class of an entity."""
        table = self.table
        patterns = [p for p in table.patterns if p.entity == entity.name]
        members = members_of(table, entity)
        declared = [m for m in members if not self._is_inherited(m)]
        hidden = names_in(table, entity)
        scope = self.names.scope(hidden)
        otherwise = f"An item of the table `{table.name}`."
        methods = Methods(
            table, entity, self.base or entity.name, self.types, scope, self.names.scope()
        )
        alone = self.base is None
        defined = frozenset(structure.name for structure in table.structures)
        return _blocks(
            [
                *self._head(entity.name, self.base or "Model"),
                *docstring(entity.description, 4, otherwise),
            ],
            self._meta(scope) if alone else [],
            entity_lines(table, entity, self.schemas[entity.name], patterns, scope),
            declarations(entity.name, declared, self.types, scope, defined),
            self._index_lines(scope) if alone else [],
            [
                *constructor(entity.name, members, self.types, scope),
                *awaited.declaration(self.awaited[entity.name], entity.name, scope),
            ],
            methods.find(),
            *(methods.pattern(pattern) for pattern in patterns),
        )

    def awaited_lines(self, entity: Entity) -> list[str]:
        """The class of an entity's ``aio``."""
        table = self.table
        patterns = [p for p in table.patterns if p.entity == entity.name]
        scope = self.names.scope(awaited.names_in(patterns))
        base = self.base or entity.name
        methods = Methods(table, entity, base, self.types, scope, self.names.scope())
        return awaited.class_lines(self.awaited[entity.name], methods, patterns)

    def _head(self, name: str, base: str) -> list[str]:
        outer = self.names.scope()
        written = outer(base, run=True) if base == "Model" else base
        return statement(Group(f"class {name}(", (written,), "):"))

    def _meta(self, scope: Scope) -> list[str]:
        settings = self.table.settings
        made = [
            f"    class Meta({scope('TableMeta', run=True)}):",
            *statement(f"table_name = {quote(self.table.name)}", 8),
        ]
        if settings.billing == "provisioned":
            made.append('        billing_mode = "PROVISIONED"')
            made.append(f"        read_capacity_units = {settings.read_capacity or 1}")
            made.append(f"        write_capacity_units = {settings.write_capacity or 1}")
        else:
            made.append('        billing_mode = "PAY_PER_REQUEST"')
        if settings.stream is not None:
            made.append(f"        stream_view_type = {quote(settings.stream)}")
        if settings.tags:
            tags = tuple(f"{quote(k)}: {quote(v)}" for k, v in settings.tags.items())
            made += statement(named("tags", Group("{", tags, "}"), " = "), 8)
        return made

    def _index_lines(self, scope: Scope) -> list[str]:
        return [
            line
            for index in self.table.indexes
            for line in statement(
                f"{index.python_name} = {scope.own(self.indexes[index.name])}()", 4
            )
        ]

    @cached_property
    def _shared(self) -> Mapping[str, Member]:
        return shared_members(self.table)

    def _is_inherited(self, declared: Member) -> bool:
        return self.base is not None and is_inherited(declared, self._shared)


def names_in(table: Table, entity: Entity) -> frozenset[str]:
    """Every name that stands in the body of an entity's class, or may."""
    own = {"Meta", "_kx_entity", "__init__", "aio", "find"}
    own |= {attribute.python_name for attribute in entity.attributes}
    own |= {p.name for p in table.patterns if p.entity == entity.name}
    return frozenset(own | _index_names(table))


def _index_names(table: Table) -> set[str]:
    return {index.python_name for index in table.indexes}


def _blocks(*blocks: list[str]) -> list[str]:
    """Blocks of lines with an empty line between them."""
    made: list[str] = []
    for block in blocks:
        if block:
            made += ["", *block] if made else block
    return made
