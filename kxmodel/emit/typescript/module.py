"""The module of one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit import files
from kxmodel.emit.text import sentence
from kxmodel.emit.typescript.interfaces import given, stored, structure
from kxmodel.emit.typescript.keys import KeyFunctions, explaining
from kxmodel.emit.typescript.layout import braced
from kxmodel.emit.typescript.names import member
from kxmodel.emit.typescript.queries import query
from kxmodel.emit.typescript.quote import comment, quote
from kxmodel.emit.typescript.scope import Scope, templates_of
from kxmodel.emit.typescript.template import constant

if TYPE_CHECKING:
    from kxmodel.emit.typescript.types import Values
    from kxmodel.ir import Table


def module(table: Table, values: Values, *, typed: bool = True) -> str:
    """Types, key functions, queries, and `table`, which has them by their stored names.

    typed: whether types are printed. Without them it is the JavaScript that compilers make of it.
    """
    scope = Scope(table, values, typed=typed)
    keys = {entity.name: KeyFunctions(scope, entity) for entity in table.entities}
    queries = {
        (one.entity, one.name): scope.function("query", one.entity, one.name)
        for one in table.patterns
    }
    blocks: list[list[str]] = []
    if typed:
        blocks += [structure(scope, one) for one in table.structures]
        blocks += [each for e in table.entities for each in (stored(scope, e), given(scope, e))]
    for entity in table.entities:
        declared = {scope.templates[place]: t for place, t in templates_of(entity).items()}
        blocks.append(
            [
                line
                for name, template in declared.items()
                for line in constant(scope, entity, name, template)
            ]
        )
        blocks.append(keys[entity.name].lines())
    blocks += [query(scope, one, queries[one.entity, one.name]) for one in table.patterns]
    blocks += [_explain(scope, keys), _table(scope, keys, queries)]
    head = files.export_header("typescript", table.source, comment="//")
    said = comment([sentence(table.title), sentence(table.description)])
    top = [*said, "", 'import * as kx from "./runtime/index.js";']
    text = "\n\n".join("\n".join(block) for block in [top, *blocks])
    return f"{head}\n{text}\n"


def _explain(scope: Scope, keys: dict[str, KeyFunctions]) -> list[str]:
    return [
        *comment(["Every way to read the text of a key of this table or one of its indexes."]),
        f"export function explain{explaining(scope)} {{",
        "  return [",
        *(f"    ...{keys[entity.name].explain}(key)," for entity in scope.table.entities),
        "  ];",
        "}",
    ]


def _table(
    scope: Scope, keys: dict[str, KeyFunctions], queries: dict[tuple[str, str], str]
) -> list[str]:
    table = scope.table
    lines = [
        *comment(["The functions of this module by the stored names."]),
        "export const table = {",
        f"  name: {quote(table.name)},",
        "  entities: {",
    ]
    for entity in table.entities:
        own = keys[entity.name]
        indexes = [f"{member(name)}: {made}" for name, made in own.indexes.items()]
        asked = [
            f"{member(name)}: {made}"
            for (owner, name), made in queries.items()
            if owner == entity.name
        ]
        lines += [
            f"    {member(entity.name)}: {{",
            f"      key: {own.key},",
            *braced("      indexes: ", indexes, ",", ","),
            *braced("      queries: ", asked, ",", ","),
            f"      explain: {own.explain},",
            "    },",
        ]
    return [*lines, "  },", "  explain,", f"}}{' as const' if scope.typed else ''};"]
