"""The first page: what each table is for, whose data it holds, and how to import the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.pages.finder import finder
from kxmodel.docs.pages.pictures import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Index, Table


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The start page; not that of the site, it has neither its name nor its description."""
    first = project.start == at.START
    yield (
        project.start,
        md.page(
            md.heading(1, md.text((first and project.name) or "Tables")),
            md.prose(project.description if first else ""),
            *finder(project),
            md.heading(2, "Tables" if first else "Each table", "tables"),
            *(_table(project, table) for table in project.tables),
            md.image(LINKS, at.to(project.start, at.LINKS_PICTURE)),
            *_tenancy(project),
            *_models(project),
        ),
    )


def _table(project: Project, table: Table) -> str:
    label = md.link(md.text(table.title or table.name), at.to(project.start, at.table_page(table)))
    first = table.description.partition("\n\n")[0]
    more = " · ".join(
        md.link(words, at.to(project.start, target))
        for words, target in (
            ("attributes", at.attributes_page(table)),
            ("item collections", at.collections_page(table)),
        )
    )
    return "\n\n".join(block for block in (md.heading(3, label), md.prose(first), more) if block)


def _tenancy(project: Project) -> Iterator[str]:
    """Which keys keep tenants apart, and which leave it to the reader."""
    if not any(table.tenant for table in project.tables):
        return
    yield md.heading(2, "Whose data is where", "tenancy")
    yield (
        "An item belongs to one tenant. Where the tenant is a part of the partition key, a read cannot "
        "reach another's items. Elsewhere it is the reader that leaves them out, or nobody does."
    )
    rows = [row for table in project.tables for row in _isolation(project, table)]
    yield md.table(("Table", "Read through", "Tenants are kept apart"), rows)


def _isolation(project: Project, table: Table) -> Iterator[tuple[str, str, str]]:
    label = md.link(md.text(table.title or table.name), at.to(project.start, at.table_page(table)))
    if table.tenant is None:
        yield label, "the table", "this table knows no tenants"
        return
    tenant = table.tenant
    alone = [e for e in table.entities if tenant in e.keys[table.hash.name].sources]
    shared = [e for e in table.entities if e not in alone]
    said = f"by the partition key, which has {md.code(tenant)}"
    if shared:
        names = ", ".join(md.text(entity.name) for entity in shared)
        said = f"{said}, but not of {names}" if alone else "no: the partition key has no tenant"
    yield label, "the table", said
    for index in table.indexes:
        target = at.to(project.start, at.table_page(table), at.index_anchor(table, index))
        yield (
            "",
            md.link(md.text(index.name), target),
            said if index.local else _by_index(index, tenant),
        )


def _by_index(index: Index, tenant: str) -> str:
    match index.tenant_isolation:
        case "key":
            return f"by the partition key, which has {md.code(tenant)}"
        case "filter":
            return f"only by the reader: every item's {md.code(tenant)} is compared"
        case "none":
            return "no: shared by all tenants on purpose"


def _models(project: Project) -> Iterator[str]:
    names = sorted(entity.name for table in project.tables for entity in table.entities)
    yield md.heading(2, "In Python", "models")
    yield "The models are PynamoDB's, with a method for each access pattern."
    lines = [f"from {project.package} import {name}" for name in names]
    one = f"from {project.package} import {', '.join(names)}"
    yield md.fence(one if len(one) <= _WIDTH else "\n".join(lines), "python")


_WIDTH = 88
