"""The examples of a table as JSON, as DynamoDB JSON and as Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import markdown as md
from kxmodel.docs.construct import construction
from kxmodel.docs.worked import worked
from kxmodel.values.jsontext import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.docs.project import Project
    from kxmodel.docs.worked import Worked
    from kxmodel.ir import Table


def examples(project: Project, table: Table) -> Iterator[str]:
    """The section; nothing where the schema has no examples."""
    items = worked(table)
    if not items:
        return
    yield md.heading(2, "Examples", "examples")
    yield (
        "As applications see an item, as DynamoDB stores it, and as it is written from Python, where "
        "keys and what every write sets are left to the model."
    )
    for entity in table.entities:
        own = [item for item in items if item.entity is entity]
        for number, item in enumerate(own, 1):
            if len(items) > 1:
                count = f" {number}" if len(own) > 1 else ""
                yield md.heading(3, f"{md.text(entity.name)}{count}")
            yield _tabs(project, table, item)


def _tabs(project: Project, table: Table, item: Worked) -> str:
    code = construction(table, item.entity, item.plain, project.package)
    return md.tabs(
        (
            ("JSON", md.fence(json_text(item.plain, indent=2), "json")),
            ("DynamoDB JSON", md.fence(json_text(item.stored, indent=2), "json")),
            ("Python", md.fence(code, "python")),
        )
    )
