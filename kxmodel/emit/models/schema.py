"""``_schema/``: the JSON Schema of each entity as Python data, so that every build backend packs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.files import header
from kxmodel.emit.models.layout import Group, lines, named
from kxmodel.emit.models.literal import literal
from kxmodel.emit.models.names import Names
from kxmodel.emit.models.naming import constant, free

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Table


def constants(table: Table) -> Mapping[str, str]:
    """Entity -> the name of the constant that holds its schema."""
    taken: set[str] = set()
    return {entity.name: free(constant(entity.name), taken, "_") for entity in table.entities}


def schema_module(table: Table) -> str:
    """The text of the module with the schemas of one table's entities."""
    names = Names()
    scope = names.scope()
    made = []
    for entity, name in constants(table).items():
        code = literal(table.entity(entity).schema, scope)
        assert isinstance(code, Group)
        tall = Group(code.before, code.items, code.after, tall=True)
        # Not `statement`: data has no line that a formatter would break differently.
        made += ["", *lines(named(f"{name}: dict[str, object]", tall, " = "))]
    imports = names.imports()[2:]
    text = [
        f'"""What validation reads: the JSON Schema of each entity of `{table.name}`, as data."""',
        *(["", *imports] if imports else []),
        *made,
    ]
    return header(table.source) + "\n".join(text) + "\n"


def schema_package() -> str:
    """The text of ``_schema/__init__.py``."""
    return f'{header()}"""The JSON Schemas of all entities, one module a table."""\n'
