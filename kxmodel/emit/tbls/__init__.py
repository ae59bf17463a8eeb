"""``tbls``: the JSON that tbls writes and reads (https://github.com/k1LoW/tbls), and Liam ERD reads.

Both show relational tables. One table here is one entity: that is what has columns, a key and
relations; a box with the columns of five entities would tell nobody anything.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.relations import relations
from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.files import Files, path
from kxmodel.emit.tbls.names import table_names
from kxmodel.emit.tbls.relation import relation
from kxmodel.emit.tbls.table import entity_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.ir import Table


def emit(tables: Sequence[Table], given: Given) -> Files:
    """One file with all tables."""
    names = table_names(tables)
    links = relations(tables)
    made = [
        entity_table(
            table, entity, names, [r for r in links if r.child == (table.name, entity.name)]
        )
        for table in tables
        for entity in table.entities
    ]
    document = {
        "name": given["name"],
        "desc": given["description"] or "One table here is one entity of a DynamoDB table.",
        "tables": made,
        "relations": [relation(link, names) for link in links],
        "driver": {"name": "dynamodb", "database_version": "", "meta": {}},
        "labels": [{"name": table.name, "virtual": True} for table in tables],
    }
    return {path("schema.json"): json.dumps(document, indent=2) + "\n"}


EMITTER: Final = Emitter(
    name="tbls",
    summary="the JSON of tbls, for tbls and Liam ERD: an entity is a table",
    emit=emit,
    settings=(
        Setting("name", "the name of the whole", "kxmodel"),
        Setting("description", "what the whole is about"),
    ),
)
