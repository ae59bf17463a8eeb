"""One entity as a table: columns, the primary key, indexes, what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kxmodel.emit.tbls.relation import constraint
from kxmodel.ir import Scalar, dynamo_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.dialect.relations import Relation
    from kxmodel.emit.tbls.names import Names
    from kxmodel.ir import Attribute, Entity, IndexKeys, Table
    from kxmodel.keys import Template

Json: TypeAlias = dict[str, object]


def entity_table(table: Table, entity: Entity, names: Names, links: Sequence[Relation]) -> Json:
    """The table of an entity. links: its relations to parents."""
    name = names[table.name, entity.name]
    return {
        "name": name,
        "type": "ENTITY",
        "comment": entity.description or entity.title or table.description,
        "columns": [_column(entity, attribute) for attribute in entity.attributes],
        "indexes": [
            _primary_index(table, entity, name),
            *(_index(table, keys, name) for keys in entity.indexes),
        ],
        "constraints": [
            _primary(table, entity, name),
            *(constraint(each, names) for each in links),
        ],
        "triggers": [],
        "def": "\n".join(_definition(table, entity)),
        "labels": [{"name": table.name, "virtual": True}],
        "referenced_tables": list(dict.fromkeys(names[link.parent] for link in links)),
    }


def _column(entity: Entity, attribute: Attribute) -> Json:
    template = _templates(entity).get(attribute.name)
    made = f"Made of {template.text}." if template and not _own(attribute.name, template) else ""
    derived = f"Made of {attribute.derive}." if attribute.derive else ""
    notes = (attribute.description or attribute.title, made, derived)
    default = attribute.default
    primary = attribute.name in entity.keys
    return {
        "name": attribute.name,
        "type": _type(attribute),
        "nullable": not (primary or (attribute.required and not attribute.shape.nullable)),
        "default": None if default is None else str(default),
        "comment": " ".join(note for note in notes if note),
        **({"labels": [{"name": "personal data", "virtual": True}]} if attribute.personal else {}),
    }


def _type(attribute: Attribute) -> str:
    """DynamoDB's type, with what it means where that is more."""
    shape = attribute.shape
    stored = dynamo_type(shape)
    if not isinstance(shape, Scalar) or shape.kind in (
        "text",
        "number",
        "boolean",
        "binary",
        "null",
    ):
        return stored
    return f"{stored} ({shape.kind})"


def _primary(table: Table, entity: Entity, name: str) -> Json:
    return {
        "name": f"{name}_pkey",
        "type": "PRIMARY KEY",
        "def": f"PRIMARY KEY ({', '.join(key.name for key in table.keys)})",
        "table": name,
        "columns": [key.name for key in table.keys],
        "comment": "; ".join(f"{key.name} = {entity.keys[key.name].text}" for key in table.keys),
    }


def _primary_index(table: Table, entity: Entity, name: str) -> Json:
    roles = zip(("HASH", "RANGE"), table.keys, strict=False)
    return {
        "name": f"{name}_pkey",
        "def": ", ".join(
            f"{role} {key.name} = {entity.keys[key.name].text}" for role, key in roles
        ),
        "table": name,
        "columns": [key.name for key in table.keys],
        "comment": f"The key of the DynamoDB table {table.name}",
    }


def _index(table: Table, keys: IndexKeys, name: str) -> Json:
    index = table.index(keys.index)
    roles = [("HASH", key) for key in index.hash] + [("RANGE", key) for key in index.range]
    kind = "LOCAL" if index.local else "GLOBAL"
    parts = ", ".join(f"{role} {key.name} = {keys.keys[key.name].text}" for role, key in roles)
    return {
        "name": index.name,
        "def": f"{kind} {parts} PROJECT {index.projection}",
        "table": name,
        "columns": [key.name for key in index.attributes],
        "comment": index.purpose,
    }


def _definition(table: Table, entity: Entity) -> Iterator[str]:
    """Where and how items of the entity are kept."""
    yield f"Items of {table.name}"
    for name, text in entity.recognition.equals.items():
        yield f"  where {name} = {text}"
    for name, text in entity.recognition.prefixes.items():
        yield f"  where {name} begins with {text}"
    for name, template in _templates(entity).items():
        yield f"  {name} = {template.text}"


def _templates(entity: Entity) -> dict[str, Template]:
    found = dict(entity.keys)
    for keys in entity.indexes:
        found |= keys.keys
    return found


def _own(name: str, template: Template) -> bool:
    """Whether the key attribute is an attribute of its own."""
    return template.is_natural and template.sources == (name,)
