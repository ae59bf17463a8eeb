"""One table's module: aliases, nested structures, indexes, models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.files import CODEGEN, header
from kxmodel.emit.models import enumerations, indexes, keyed, structures
from kxmodel.emit.models.layout import statement
from kxmodel.emit.models.model import Models, names_in
from kxmodel.emit.models.names import Names
from kxmodel.emit.models.naming import check_identifier, free, module_stem, pascal
from kxmodel.emit.models.quote import docstring
from kxmodel.emit.models.types import Types
from kxmodel.emit.text import sentence
from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Attribute, Table


def module(table: Table, schemas: Mapping[str, str]) -> str:
    """The text of the table's module. schemas: entity -> ``module:NAME`` of its JSON Schema.

    Raises UsageError KX025 for a name that cannot stand in Python, KX026 for a name used twice.
    """
    _check(table)
    taken = {entity.name for entity in table.entities} | {s.name for s in table.structures}
    base = base_name(table)
    taken |= {base} if base is not None else set()
    index_names = {
        index.name: free(f"{_stem(table)}{pascal(index.name)}", taken, "Index")
        for index in table.indexes
    }
    ordered = structures.in_order(table.structures)
    found = enumerations.find(_owners(table), taken)
    types = Types(found, structures.kept_plain(ordered))
    members = {name for entity in table.entities for name in names_in(table, entity)}
    hidden = taken | members
    awaited = {entity.name: free(f"{entity.name}Aio", hidden, "_") for entity in table.entities}
    names = Names(taken | set(awaited.values()))
    models = Models(table, base, index_names, schemas, awaited, names, types)
    names.reserve(name for s in ordered for name in structures.members_of(s))
    names.reserve(members)

    blocks: list[tuple[str, list[str]]] = []
    blocks += [("", lines) for lines in enumerations.statements(found, names.scope())]
    for position, structure in enumerate(ordered):
        defined = [s.name for s in ordered[:position]]
        blocks.append((structure.name, structures.class_lines(structure, names, types, defined)))
    model = base or table.entities[0].name
    for index in table.indexes:
        name = index_names[index.name]
        blocks.append((name, indexes.class_lines(table, index, name, model, names, types)))
    if base is not None:
        blocks.append((base, models.base_lines()))
    for entity in table.entities:
        blocks.append((awaited[entity.name], models.awaited_lines(entity)))
        blocks.append((entity.name, models.entity_lines(entity)))
    return _assemble(table, blocks, names, list(found.aliases))


def base_name(table: Table) -> str | None:
    """The class that the items of all entities of a table are of; None where there is one entity."""
    if len(table.entities) == 1:
        return None
    taken = {entity.name for entity in table.entities} | {s.name for s in table.structures}
    return free(f"{_stem(table)}Table", taken, "Model")


def _stem(table: Table) -> str:
    return pascal(module_stem(table.name))


def _assemble(
    table: Table, blocks: list[tuple[str, list[str]]], names: Names, aliases: list[str]
) -> str:
    codegen = names.scope()("codegen", run=True)
    call = f"{codegen}({CODEGEN})  # raises when the runtime no longer speaks this codegen"
    body = ["", call]
    after_alias = len(aliases)
    for position, (name, lines) in enumerate(blocks):
        gap = [""] if position <= after_alias - 1 and position > 0 else ["", ""]
        body += [*([""] if position == 0 and aliases else gap), *lines]
        own = [name] if name in names.aliased else []
        if position == after_alias - 1:
            own += [alias for alias in aliases if alias in names.aliased]
        for hidden in own:
            alias_type = names.scope()("TypeAlias", run=True)
            body += ["", "", *statement(f"{names.alias(hidden)}: {alias_type} = {hidden}")]
    made = [*docstring(_about(table), 0), "", *names.imports(), *body]
    return header(table.source) + "\n".join(made) + "\n"


def _about(table: Table) -> str:
    known = (entity.description for entity in table.entities)
    title = table.title or table.name
    if table.description and table.description not in known:
        return f"{sentence(title).rstrip('.')}: {sentence(table.description)}"
    return f"{sentence(title).rstrip('.')}: the models of the table `{table.name}`."


def _owners(table: Table) -> Iterator[tuple[str, tuple[Attribute, ...]]]:
    for structure in structures.in_order(table.structures):
        yield structure.name, structure.attributes
    for entity in table.entities:
        derived = {m.attribute.name for m in keyed.members_of(table, entity) if m.derived}
        yield entity.name, tuple(a for a in entity.attributes if a.name not in derived)


def _check(table: Table) -> None:
    if not table.entities:
        raise UsageError(f"the table {table.name!r} has no entity", code="KX026")
    classes = [*(entity.name for entity in table.entities), *(s.name for s in table.structures)]
    for name in classes:
        check_identifier(name, "a class")
    _check_unique(classes, f"two classes of the table {table.name!r}")
    for structure in table.structures:
        _check_members(structure.name, [a.python_name for a in structure.attributes])
    for entity in table.entities:
        members = [attribute.python_name for attribute in entity.attributes]
        members += [index.python_name for index in table.indexes]
        members += [pattern.name for pattern in table.patterns if pattern.entity == entity.name]
        _check_members(entity.name, members)


def _check_members(owner: str, members: list[str]) -> None:
    for name in members:
        check_identifier(name, f"a member of {owner}")
    _check_unique(members, f"two members of {owner}")


def _check_unique(names: list[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UsageError(f"{what} would both be called {name}", code="KX026")
        seen.add(name)
