"""Secondary indexes: one class each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.models import describe
from kxmodel.emit.models.keyed import index_members
from kxmodel.emit.models.layout import Group, call, named, statement
from kxmodel.emit.models.members import declarations
from kxmodel.emit.models.quote import docstring, quote

if TYPE_CHECKING:
    from kxmodel.emit.models.names import Names, Scope
    from kxmodel.emit.models.types import Types
    from kxmodel.ir import Index, Table

_PROJECTIONS: Final = {
    "ALL": "AllProjection",
    "KEYS_ONLY": "KeysOnlyProjection",
    "INCLUDE": "IncludeProjection",
}


def class_lines(
    table: Table, index: Index, name: str, model: str, names: Names, types: Types
) -> list[str]:
    """The class `name` of an index. model: the class that its items are read as."""
    members = index_members(table, index)
    hidden = frozenset({"Meta", *(m.attribute.python_name for m in members)})
    outer, scope = names.scope(), names.scope(hidden)
    base = outer("LocalSecondaryIndex" if index.local else "GlobalSecondaryIndex", run=True)
    head = Group(f"class {name}(", (Group(f"{base}[", (quote(model),), "]"),), "):")
    return [
        *statement(head),
        *docstring(describe.index(index), 4),
        "",
        *_meta(table, index, scope, outer),
        "",
        *declarations(name, members, types, scope, frozenset()),
    ]


def _meta(table: Table, index: Index, scope: Scope, outer: Scope) -> list[str]:
    included = [Group("[", tuple(quote(name) for name in index.include), "]")]
    items = included if index.projection == "INCLUDE" else []
    projection = call(outer(_PROJECTIONS[index.projection], run=True), *items)
    made = [
        f"    class Meta({scope('IndexMeta', run=True)}):",
        *statement(f"index_name = {quote(index.name)}", 8),
        *statement(named("projection", projection, " = "), 8),
    ]
    settings = table.settings
    if settings.billing == "provisioned" and not index.local:
        made.append(f"        read_capacity_units = {settings.read_capacity or 1}")
        made.append(f"        write_capacity_units = {settings.write_capacity or 1}")
    return made
