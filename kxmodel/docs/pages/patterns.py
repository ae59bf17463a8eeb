"""Every access pattern of every table in one matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import AccessPattern, Table

_HEADERS = (
    "Question",
    "Index",
    "Key condition",
    "Parameters",
    "Order",
    "What comes back",
    "RCU",
)


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The matrix."""
    tables = [table for table in project.tables if table.patterns]
    if not tables:
        return
    rows = [_row(project, table, pattern) for table in tables for pattern in table.patterns]
    yield (
        at.PATTERNS,
        md.page(
            md.heading(1, "Access patterns"),
            "Every question that the tables answer with one Query. Each has a page with programs to "
            "copy and the answer to them.",
            f'<div class="kx-sortable kx-matrix" markdown="1">\n\n{md.table(_HEADERS, rows)}\n\n</div>',
            "Key conditions are those of an example. RCU: read capacity units that the example costs; "
            "its page says what a full page of items does.",
        ),
    )


def _row(project: Project, table: Table, pattern: AccessPattern) -> tuple[str, ...]:
    found = project.asked(table, pattern)
    price = told.cost(found) if found else None
    page = at.to(at.PATTERNS, at.pattern_page(table, pattern))
    return (
        md.link(md.line(pattern.question or pattern.name), page),
        _index(table, pattern),
        md.code(told.condition(found.key_conditions)) if found else "no example",
        md.code(f"{pattern.entity}.{pattern.name}({', '.join(pattern.parameters)})"),
        told.order(table, pattern),
        told.comes_back(pattern),
        told.number(price.units) if price else "",
    )


def _index(table: Table, pattern: AccessPattern) -> str:
    index = told.index_of(table, pattern)
    target = at.to(
        at.PATTERNS, at.table_page(table), at.index_anchor(table, index) if index else "keys"
    )
    name = md.text(table.name)
    return md.link(f"{name} {md.text(index.name)}" if index else name, target)
