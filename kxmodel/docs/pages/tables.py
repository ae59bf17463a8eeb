"""A table: its purpose, keys, indexes and entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Index, Table


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """A page for each table."""
    for table in project.tables:
        yield at.table_page(table), _page(table)


def _page(table: Table) -> str:
    return md.page(
        md.heading(1, md.text(table.title or table.name)),
        md.prose(table.description),
        md.heading(2, "Keys", "keys"),
        _keys(table),
        *([md.heading(2, "Indexes", "indexes")] if table.indexes else []),
        *(_index(table, index) for index in table.indexes),
    )


def _keys(table: Table) -> str:
    rows = [
        (md.text(entity.name), *(md.code(entity.keys[key.name].text) for key in table.keys))
        for entity in table.entities
    ]
    return md.table(("Entity", *(md.code(key.name) for key in table.keys)), rows)


def _index(table: Table, index: Index) -> str:
    names = [key.name for key in index.attributes]
    rows = [
        (md.text(entity.name), *(md.code(filled.keys[name].text) for name in names))
        for entity in table.entities
        for filled in entity.indexes
        if filled.index == index.name
    ]
    return "\n\n".join(
        (
            md.heading(3, md.text(index.name), at.index_anchor(index)),
            md.prose(index.purpose),
            md.table(("Entity", *map(md.code, names)), rows),
        )
    )
