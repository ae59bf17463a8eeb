"""ir -> components of an OpenAPI 3.1 description. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kxmodel.dialect import pascal_case
from kxmodel.emit.definitions import merged
from kxmodel.emit.documented import documented
from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.files import Files, path
from kxmodel.emit.jsontext import dump

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.emit.subschemas import Schema
    from kxmodel.ir import Table

__all__ = ["EMITTER"]

#: https://spec.openapis.org/oas/v3.1.0: its schemas are JSON Schema 2020-12.
_VERSION: Final = "3.1.0"


def _emit(tables: Sequence[Table], given: Given) -> Files:
    """``openapi.json``: for each entity what a response has (``Order``) and a request (``OrderInput``)."""
    document = {
        "openapi": _VERSION,
        "info": {"title": given["title"], "version": given["version"]},
        "paths": {},
        "components": {"schemas": merged(_components(tables), "#/components/schemas/")},
    }
    return {path("openapi.json"): dump(document, "openapi.json")}


def _components(tables: Sequence[Table]) -> dict[str, Schema]:
    ordered = sorted(tables, key=lambda table: table.name)
    counted = Counter(entity.name for table in ordered for entity in table.entities)
    found: dict[str, Schema] = {}
    for table in ordered:
        for entity in table.entities:
            # Entities of one name, in two tables, are told apart by the table's.
            prefix = pascal_case(table.name) if counted[entity.name] > 1 else ""
            schema = documented(table, entity)
            found[_free(f"{prefix}{entity.name}", found)] = schema
            defaults = {a.name for a in entity.attributes if a.default is not None}
            found[_free(f"{prefix}{entity.name}Input", found)] = _request(schema, defaults)
    return found


def _request(schema: Schema, defaults: set[str]) -> Schema:
    """The schema of what a caller gives: without what is derived or generated."""
    properties = schema.get("properties", {})
    made = {n for n, s in properties.items() if isinstance(s, dict) and s.get("readOnly")}
    required = [name for name in schema.get("required", ()) if name not in made | defaults]
    kept = {name: one for name, one in properties.items() if name not in made}
    left_out = ("properties", "required", "examples", "$defs")
    body = {word: value for word, value in schema.items() if word not in left_out}
    examples = [
        {name: value for name, value in example.items() if name not in made}
        for example in schema.get("examples", ())
        if isinstance(example, dict)
    ]
    return {
        **body,
        **({"required": required} if required else {}),
        **({"properties": kept} if kept else {}),
        **({"examples": examples} if examples else {}),
        **({"$defs": schema["$defs"]} if "$defs" in schema else {}),
    }


def _free(name: str, taken: dict[str, Schema]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found


EMITTER: Final = Emitter(
    name="openapi",
    summary="components of an OpenAPI 3.1 description: responses and requests",
    emit=_emit,
    settings=(
        Setting("title", "the title of the description", "Tables"),
        Setting("version", "the version of the description", "1"),
    ),
)
