"""The attributes of one entity as properties of its object schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.adopt.guess.names import PythonNames
from kxmodel.adopt.guess.types import declared, schema_of
from kxmodel.dialect import snake_case
from kxmodel.keys import delimiters, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.adopt.draft.keys import Keys
    from kxmodel.adopt.guess.facets import Named
    from kxmodel.adopt.guess.types import Schema
    from kxmodel.adopt.observed import Observed

#: Items from which on "all of them have it" means something.
_SEVERAL: Final = 2

#: Characters with a meaning inside of a class of a regular expression.
_IN_CLASS: Final = frozenset("\\]^-[/")


@dataclass(frozen=True)
class Properties:
    """schemas: stored name -> schema. required: those that every item has. python: stored name ->
    Python name. names: the Python names that are taken."""

    schemas: dict[str, Schema]
    required: list[str]
    python: Mapping[str, str]
    names: PythonNames


def properties(
    table: Observed, named: Named, keys: Keys, more: Iterable[str], *, deep: bool
) -> Properties:
    """The attributes of the entity, derived keys left out.

    more: attributes beyond those of its items and of its facet. deep: see `schema_of`.
    """
    types = {key.name: key.type for key in table.key}
    types |= {key.name: key.type for index in table.indexes for key in index.attributes}
    listed = {**(table.attributes or {}), **types}
    facet = named.facet.attributes if named.facet else ()
    naturals = [name for name in keys.templates if name not in keys.derived]
    names = dict.fromkeys([*naturals, *keys.invented, *named.group.attributes, *facet, *more])
    schemas: dict[str, Schema] = {}
    for name in names:
        if name in keys.derived:
            continue
        held = [item[name] for item in named.group.items if name in item]
        if name in keys.invented:
            held = [item[keys.invented[name]] for item in named.group.items]
            whole = keys.table.get(keys.invented[name]) == f"${{{name}}}"
            kind = types[keys.invented[name]] if whole else "S"
            schemas[name] = declared(kind)
        elif held:
            schemas[name] = schema_of(held, deep=deep)
        else:
            schemas[name] = declared(listed.get(name, "S"))
    _keep_out_delimiters(keys, schemas)
    python = PythonNames(snake_case(index.name) for index in table.indexes)
    for name in sorted(keys.derived):
        made, told = python.attribute(name)
        if told:
            schemas[name] = {**declared(types[name]), "x-kx-name": made}
    return Properties(schemas, _required(named, keys, schemas), _named(schemas, python), python)


def _required(named: Named, keys: Keys, schemas: Mapping[str, Schema]) -> list[str]:
    sources = {source for text in keys.table.values() for source in parse(text).sources}
    items = named.group.items
    return [
        name
        for name in schemas
        if name in sources
        or (
            len(items) >= _SEVERAL
            and all(name in item and "NULL" not in item[name] for item in items)
        )
    ]


def _named(schemas: Mapping[str, Schema], names: PythonNames) -> dict[str, str]:
    """Stored -> Python names; those that do not follow from the stored one are written down."""
    python = {}
    for name, schema in schemas.items():
        python[name], told = names.attribute(name)
        if told:
            schema["x-kx-name"] = python[name]
    return python


def _keep_out_delimiters(keys: Keys, schemas: Mapping[str, Schema]) -> None:
    """Forbid what ends a part of a key in the attributes that stand before it."""
    found: dict[str, dict[str, None]] = {}
    for text in keys.templates.values():
        for source, delimiter in delimiters(parse(text)):
            found.setdefault(source, {})[delimiter[0]] = None
    for source, characters in found.items():
        if schemas.get(source) == {"type": "string"}:
            listed = "".join(f"\\{c}" if c in _IN_CLASS else c for c in characters)
            schemas[source]["pattern"] = f"^[^{listed}]+$"
