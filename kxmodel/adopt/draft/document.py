"""The schema file of one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.adopt.draft.keys import KeyDrafter
from kxmodel.adopt.draft.patterns import patterns
from kxmodel.adopt.draft.properties import properties
from kxmodel.adopt.draft.remarks import remarks_on
from kxmodel.adopt.guess.facets import name_groups
from kxmodel.adopt.guess.group import everything, group
from kxmodel.adopt.guess.names import prefers_camel
from kxmodel.dialect import DIALECT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kxmodel.adopt.draft.keys import Keys
    from kxmodel.adopt.draft.level import Level
    from kxmodel.adopt.guess.facets import Named
    from kxmodel.adopt.guess.types import Schema
    from kxmodel.adopt.observed import Observed
    from kxmodel.ir import Index, KeyAttribute

#: Sample items that an entity shows.
_EXAMPLES: Final = 20


@dataclass(frozen=True)
class Document:
    """value: the file's JSON. remarks: what could not be known, each with what to do next.

    entities: their names."""

    value: dict[str, object]
    remarks: tuple[str, ...]
    entities: tuple[str, ...]


def document(table: Observed, level: Level) -> Document:
    """The draft of a table."""
    groups = group(table.items, table.key) if level.entities else ()
    groups = groups or (everything(table.items, table.key),)
    named, unused = name_groups(table, groups)
    camel = prefers_camel(name for item in table.items for name in item)
    drafted: list[tuple[Named, Keys, Schema]] = []
    questions: dict[str, object] = {}
    for each in named:
        keys = KeyDrafter(table, each, guessing=level.entities, camel=camel).draft()
        more = _declared(table) if len(named) == 1 else ()
        found = properties(table, each, keys, more, deep=level.details)
        if level.details:
            for name, pattern in patterns(table, each.name, keys, found):
                questions[_free(name, questions, each)] = pattern
        drafted.append((each, keys, _entity(each, keys, found.schemas, found.required)))
    remarks = (*table.notes, *remarks_on(table, drafted, unused, level))
    value: dict[str, object] = {"$schema": DIALECT, "title": table.name}
    if table.description:
        value["description"] = table.description
    value["$comment"] = " ".join(["A draft, made from a data model.", *remarks])
    value["x-kx-table"] = _table(table)
    if questions:
        value["x-kx-patterns"] = questions
    if len(drafted) == 1:
        value |= drafted[0][2]
    else:
        value["anyOf"] = [{"$ref": f"#/$defs/{each.name}"} for each in named]
        value["$defs"] = {each.name: schema for each, _, schema in drafted}
    return Document(value, remarks, tuple(each.name for each in named))


def _free(name: str, taken: Iterable[str], named: Named) -> str:
    """A pattern's name that no other entity's has: they share one object in the file."""
    used = set(taken)
    if name not in used:
        return name
    longer = f"{named.name.lower()}_{name}"
    return next(
        n for n in (longer, *(f"{longer}{i}" for i in range(2, len(used) + 3))) if n not in used
    )


def _declared(table: Observed) -> tuple[str, ...]:
    """What the source declares: in a table of one entity all of it is that entity's."""
    described = [name for facet in table.facets for name in facet.attributes]
    return tuple(dict.fromkeys([*(table.attributes or {}), *described]))


def _entity(named: Named, keys: Keys, schemas: dict[str, Schema], required: list[str]) -> Schema:
    entity: dict[str, object] = {"name": named.name, "keys": keys.table}
    if keys.indexes:
        entity["indexes"] = {name: _index_keys(name, keys) for name in keys.indexes}
    schema: Schema = {"type": "object", "x-kx-entity": entity}
    if required:
        schema["required"] = required
    schema["properties"] = schemas
    if keys.items:
        schema["examples"] = keys.items[:_EXAMPLES]
    return schema


def _index_keys(name: str, keys: Keys) -> dict[str, object]:
    own = {
        key: text
        for key, text in keys.indexes[name].items()
        if key not in keys.table and key in keys.derived
    }
    entry: dict[str, object] = {"keys": own} if own else {}
    if name in keys.sparse:
        entry["when"] = {keys.sparse[name]: {"present": True}}
    return entry


def _table(table: Observed) -> dict[str, object]:
    roles = ("hash", "range")
    made: dict[str, object] = {
        "name": table.name,
        "key": {role: _attribute(key) for role, key in zip(roles, table.key, strict=False)},
    }
    if table.indexes:
        made["indexes"] = {index.name: _index(index) for index in table.indexes}
    if table.billing:
        made["billing"] = {"read": table.billing[0], "write": table.billing[1]}
    else:
        made["billing"] = "on-demand"
    return made


def _index(index: Index) -> dict[str, object]:
    made: dict[str, object] = {"hash": _attribute(index.hash[0])}
    if index.range:
        made["range"] = _attribute(index.range[0])
    made["projection"] = list(index.include) if index.include else index.projection
    if index.local:
        made["local"] = True
    return made


def _attribute(key: KeyAttribute) -> object:
    return key.name if key.type == "S" else {"name": key.name, "type": key.type}
