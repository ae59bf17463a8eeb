"""ir -> plain JSON Schema 2020-12 for any validator. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.definitions import merged
from kxmodel.emit.documented import documented
from kxmodel.emit.emitter import Emitter
from kxmodel.emit.files import Files, path
from kxmodel.emit.jsontext import dump
from kxmodel.emit.subschemas import reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.emit.subschemas import Schema
    from kxmodel.ir import Table

__all__ = ["EMITTER"]

_STANDARD: Final = "https://json-schema.org/draft/2020-12/schema"


def _emit(tables: Sequence[Table], _: Given) -> Files:
    """``<table>.json`` for each table."""
    files = {path(f"{table.name}.json"): dump(_schema(table), table.name) for table in tables}
    return dict(sorted(files.items()))


def _schema(table: Table) -> Schema:
    """The schema of the table's items: the entity's, or any of the entities', which are in $defs."""
    schemas = {entity.name: documented(table, entity) for entity in table.entities}
    if len(schemas) == 1:
        return next(iter(schemas.values()))
    texts = {"title": table.title, "description": table.description}
    return {
        "$schema": _STANDARD,
        **{name: text for name, text in texts.items() if text},
        "anyOf": [{"$ref": reference(name)} for name in schemas],
        "$defs": merged(schemas, "#/$defs/"),
    }


EMITTER: Final = Emitter(
    name="jsonschema",
    summary="plain JSON Schema 2020-12, for any validator",
    emit=_emit,
)
