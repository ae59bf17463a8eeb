"""``I want ... by ...``: the access patterns by what comes back and what is given, for the first page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs import told
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.docs.project import Project
    from kxmodel.ir import AccessPattern, Table


def finder(project: Project) -> Iterator[str]:
    """The blocks of the section; none where no table has access patterns.

    A script puts a field above it, which leaves what has the words that are typed.
    """
    groups: dict[str, list[str]] = {}
    for table in project.tables:
        for pattern in table.patterns:
            for name in told.returned(pattern):
                groups.setdefault(name, []).append(_entry(project, table, pattern))
    if not groups:
        return
    yield md.heading(2, "I want …", "finder")
    lists = "\n".join(
        f'<section data-kx-group="{_attribute(name)}" markdown="1">\n\n'
        f"**{md.text(name)}** by …\n\n" + "\n".join(entries) + "\n\n</section>"
        for name, entries in groups.items()
    )
    yield f'<div class="kx-finder" data-kx-filter="Find" markdown="1">\n\n{lists}\n\n</div>'
    whole = md.link("All access patterns in one table", at.to(project.start, at.PATTERNS))
    yield f"{whole}, with their keys, order and cost."


def _entry(project: Project, table: Table, pattern: AccessPattern) -> str:
    given = [path for path in pattern.given if path != table.tenant] or list(pattern.given)
    by = [md.code(path) for path in given]
    by += [f"{md.code(path)} {md.code(str(value))}" for path, value in pattern.fixed.items()]
    label = " and ".join(by) or "nothing: all of them"
    page = at.to(project.start, at.pattern_page(table, pattern))
    order = told.order(table, pattern)
    return (
        f"- {md.link(label, page)}{f', {order}' if order else ''}: "
        f"{md.line(pattern.question or pattern.name)}"
    )


def _attribute(name: str) -> str:
    return escape(printable(name), quote=True)
