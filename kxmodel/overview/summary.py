"""A table in plain values: what `kxmodel describe` prints, and gives as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from kxmodel.ir import AccessPattern, Entity, Index, Table

#: A JSON object.
Plain: TypeAlias = dict[str, Any]


def summary(table: Table) -> Plain:
    """Keys, entities, indexes and access patterns of a table.

    Members: name, source, title, description, tenant, key, entities, indexes, patterns.
    """
    return {
        "name": table.name,
        "source": table.source,
        "title": table.title,
        "description": table.description,
        "tenant": table.tenant,
        "key": {
            "hash": table.hash.name,
            "range": table.range.name if table.range else None,
        },
        "entities": [_entity(entity) for entity in table.entities],
        "indexes": [_index(table, index) for index in table.indexes],
        "patterns": [_pattern(pattern) for pattern in table.patterns],
    }


def _entity(entity: Entity) -> Plain:
    return {
        "name": entity.name,
        "description": entity.description,
        "keys": {name: template.text for name, template in entity.keys.items()},
        "attributes": [
            {
                "name": attribute.name,
                "required": attribute.required,
                "description": attribute.description,
            }
            for attribute in entity.attributes
        ],
    }


def _index(table: Table, index: Index) -> Plain:
    return {
        "name": index.name,
        "local": index.local,
        "hash": [attribute.name for attribute in index.hash],
        "range": [attribute.name for attribute in index.range],
        "projection": list(index.include) if index.projection == "INCLUDE" else index.projection,
        "purpose": index.purpose,
        "use_case": index.use_case,
        "tenant_isolation": index.tenant_isolation,
        "filled_by": {
            entity.name: {name: template.text for name, template in filled.keys.items()}
            for entity in table.entities
            for filled in entity.indexes
            if filled.index == index.name
        },
    }


def _pattern(pattern: AccessPattern) -> Plain:
    return {
        "name": pattern.name,
        "entity": pattern.entity,
        "call": f"{pattern.entity}.{pattern.name}({', '.join(pattern.parameters)})",
        "question": pattern.question,
        "index": pattern.index,
        "given": list(pattern.given),
        "filter": list(pattern.filter),
        "fixed": dict(pattern.fixed),
        "range": pattern.range,
        "order": pattern.order,
        "limit": pattern.limit,
        "result": pattern.result,
        "returns": list(pattern.returns),
    }
