"""The first page: what each table is for, and whose data it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Table


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The start page."""
    yield (
        at.START,
        md.page(
            md.heading(1, md.text(project.name or "Tables")),
            *(_table(table) for table in project.tables),
        ),
    )


def _table(table: Table) -> str:
    label = md.link(md.text(table.title or table.name), at.to(at.START, at.table_page(table)))
    first = table.description.partition("\n\n")[0]
    return "\n\n".join((md.heading(2, label), md.prose(first), _tenancy(table)))


def _tenancy(table: Table) -> str:
    if table.tenant is None:
        return "This table knows no tenants."
    return f"Each item belongs to one tenant, named by {md.code(table.tenant)}."
