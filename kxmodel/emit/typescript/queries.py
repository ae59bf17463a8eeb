"""The functions that give an access pattern's Query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect import snake_case
from kxmodel.emit.text import sentence
from kxmodel.emit.typescript.names import member
from kxmodel.emit.typescript.quote import comment, literal, quote
from kxmodel.emit.typescript.sources import object_of
from kxmodel.emit.typescript.types import kind_of, source_type

if TYPE_CHECKING:
    from kxmodel.emit.typescript.scope import Scope
    from kxmodel.ir import AccessPattern, Entity, KeyAttribute


def query(scope: Scope, pattern: AccessPattern, function: str) -> list[str]:
    """The function of one pattern, and what it knows before it is asked."""
    entity = scope.table.entity(pattern.entity)
    constant = scope.names.take(f"{snake_case(function)}".upper())
    names = parameters(pattern)
    given = "; ".join(
        f"readonly {member(name)}: {source_type(scope.shape(entity, path))}"
        for path, name in zip(pattern.given, names, strict=True)
    )
    values = {path: literal(value) for path, value in pattern.fixed.items()}
    values |= {p: f"given{_access(name)}" for p, name in zip(pattern.given, names, strict=True)}
    ranged = pattern.range is not None and pattern.result != "one"
    options, narrowing = "kx.QueryOptions", "undefined"
    if ranged and pattern.range is not None:
        over = source_type(scope.shape(entity, pattern.range))
        options = f"kx.QueryOptions & {{ readonly range?: kx.Range<{over}> }}"
        narrowing = "options.range"
    given = f"given{scope.annotation(f'{{ {given} }}')}"
    options = f"options{scope.annotation(options)}"
    return [
        f"const {constant}{scope.annotation('kx.Pattern')} = {{",
        *_pattern(scope, pattern, entity),
        "};",
        "",
        *comment(_said(pattern, ranged=ranged)),
        f"export function {function}(",
        f"  {given},",
        f"  {options} = {{}},",
        f"){scope.annotation('kx.QueryInput')} {{",
        f"  const item = {object_of(values)};",
        f"  return kx.query({constant}, item, options, {narrowing});",
        "}",
    ]


def parameters(pattern: AccessPattern) -> list[str]:
    """The names of the arguments: the stored ones, unless the schema gives others."""
    last = [path.rpartition(".")[2] for path in pattern.given]
    names = [
        stored if python == snake_case(stored) else python
        for stored, python in zip(last, pattern.parameters, strict=True)
    ]
    return names if len(set(names)) == len(names) else list(pattern.parameters)


def _said(pattern: AccessPattern, *, ranged: bool) -> list[str]:
    place = f"index {pattern.index}" if pattern.index is not None else "the table"
    facts = [f"Reads {place}, {pattern.order}."]
    if pattern.result == "one":
        facts.append("At most one item is expected.")
    if ranged:
        facts.append(f"`range` narrows `{pattern.range}`.")
    return [sentence(pattern.question), sentence(pattern.description), " ".join(facts)]


def _pattern(scope: Scope, pattern: AccessPattern, entity: Entity) -> list[str]:
    table = scope.table
    index = table.index(pattern.index) if pattern.index is not None else None
    hash_key = index.hash if index else (table.hash,)
    range_key = index.range if index else table.keys[1:]
    hashes = [
        f"[{quote(key.name)}, {quote(key.type)}, {_template(scope, entity, pattern.index, key)}]"
        for key in hash_key
    ]
    ranges = [f"[{quote(key.name)}, {quote(key.type)}]" for key in range_key]
    returns = [
        f"[{', '.join(_template(scope, table.entity(n), pattern.index, k) for k in range_key)}]"
        for n in (pattern.returns or (entity.name,))
    ]
    paths = dict.fromkeys((*pattern.fixed, *pattern.given))
    given = [f"[{quote(path)}, {_kind(scope, entity, path)}]" for path in paths]
    along = pattern.result == "collection"
    rows = {
        "table": quote(table.name),
        "index": quote(pattern.index) if pattern.index is not None else "",
        "hash": f"[{', '.join(hashes)}]",
        "range": f"[{', '.join(ranges)}]",
        "returns": f"[{', '.join(returns)}]",
        "given": f"[{', '.join(given)}]",
        "filter": f"[{', '.join(map(quote, pattern.filter))}]" if pattern.filter else "",
        "over": f"[{quote(pattern.range)}, {_kind(scope, entity, pattern.range)}]"
        if pattern.range is not None
        else "",
        "forward": "true" if pattern.order == "ascending" else "false",
        "consistent": "true" if pattern.consistent else "",
        "limit": str(pattern.limit) if pattern.result != "one" else "",
        "along": "true" if along else "",
        "all": "true" if along and not pattern.returns else "",
    }
    return [f"  {name}: {text}," for name, text in rows.items() if text]


def _template(scope: Scope, entity: Entity, index: str | None, key: KeyAttribute) -> str:
    """What gives a key attribute: the index's template, the table's, another index's, or itself."""
    others = [filled.index for filled in entity.indexes]
    for place in (index, None, *others):
        constant = scope.templates.get((entity.name, place, key.name))
        if constant is not None:
            return constant
    kind = _kind(scope, entity, key.name)
    part = f'kx.part({quote(key.name)}, "", {{ kind: {kind} }})'
    return f'new kx.Template({quote(f"${{{key.name}}}")}, "", [{part}])'


def _kind(scope: Scope, entity: Entity, path: str) -> str:
    return quote(kind_of(scope.shape(entity, path)))


def _access(name: str) -> str:
    found = member(name)
    return f".{found}" if found == name else f"[{quote(name)}]"
