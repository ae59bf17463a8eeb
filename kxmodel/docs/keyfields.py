"""What the key playground shows of each entity: the values that its keys are made of, and where to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.dialect import shape_at
from kxmodel.docs.conditions import phrase
from kxmodel.docs.shapes import json_type
from kxmodel.ir import Scalar
from kxmodel.keys import parse
from kxmodel.values.jsontext import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.docs.project import Project
    from kxmodel.ir import Entity, Table
    from kxmodel.keys import Condition, Template


def given(entity: Entity, paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that a caller gives values for, each once: what is derived goes back to its sources."""
    derived = {each.name: parse(each.derive) for each in entity.attributes if each.derive}
    found: dict[str, None] = {}
    waiting = list(paths)
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path in derived:
            if path not in seen:
                seen.add(path)
                waiting[:0] = derived[path].sources
        else:
            found[path] = None
    return tuple(found)


def key_fields(project: Project) -> str:
    """A JavaScript module whose default export tells the playground what to ask for and show.

    A list of tables, each ``{name, title, entities}``; an entity has its `fields`, and its
    `places`: the table first, with ``index: null``, then its indexes.
    """
    tables = [
        {
            "name": table.name,
            "title": table.title or table.name,
            "entities": [_entity(table, entity) for entity in table.entities],
        }
        for table in project.tables
    ]
    return f"export default {json.dumps(tables, ensure_ascii=True, indent=1)};\n"


def _entity(table: Table, entity: Entity) -> Mapping[str, object]:
    templates = [*entity.keys.values(), *(t for i in entity.indexes for t in i.keys.values())]
    paths = [path for template in templates for path in template.sources]
    paths += [path for filled in entity.indexes if filled.when for path in filled.when.sources]
    keys = {key.name: entity.keys[key.name] for key in table.keys}
    return {
        "name": entity.name,
        "fields": [_field(table, entity, path) for path in given(entity, paths)],
        "places": [
            _place(None, entity, keys, None),
            *(_place(filled.index, entity, filled.keys, filled.when) for filled in entity.indexes),
        ],
    }


def _field(table: Table, entity: Entity, path: str) -> Mapping[str, object]:
    shape = shape_at(entity, {each.name: each for each in table.structures}, path)
    kind = json_type(shape) if isinstance(shape, Scalar) else "string"
    examples = (_at(example, path) for example in entity.examples)
    first = next((value for value in examples if value is not None), None)
    return {
        "path": path,
        "type": kind,
        "choices": [str(choice) for choice in shape.choices] if isinstance(shape, Scalar) else [],
        "example": "" if first is None else first if isinstance(first, str) else json_text(first),
    }


def _place(
    index: str | None, entity: Entity, keys: Mapping[str, Template], when: Condition | None
) -> Mapping[str, object]:
    needed = [p.source for t in keys.values() for p in t.placeholders if p.default is None]
    return {
        "index": index,
        "keys": {name: template.text for name, template in keys.items()},
        "sources": list(given(entity, needed)),
        "when": " and ".join(map(phrase, when.tests)) if when is not None else "",
    }


def _at(value: object, path: str) -> object:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
