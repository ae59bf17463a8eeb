"""Item collections: the examples as they lie in the table and in each index."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.collected import collected, key_of, named
from kxmodel.docs.pages.pictures import COLLECTIONS
from kxmodel.docs.worked import Worked, why_absent, worked
from kxmodel.values.jsontext import json_text
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Index, KeyAttribute, Table


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """A page for each table."""
    for table in project.tables:
        yield at.collections_page(table), _page(table)


def _page(table: Table) -> str:
    items = worked(table)
    title = md.heading(1, f"Item collections of {md.text(table.title or table.name)}")
    if not items:
        return md.page(
            title, "The schema shows no examples: give each entity some under `examples`."
        )
    return md.page(
        title,
        "The schema's examples as DynamoDB keeps them: items with one partition key lie together, "
        "in the order of their sort keys. What an index leaves out stands below it, with the reason.",
        "Items of one collection are read by one Query, in the order shown here or backwards; a Query never "
        "reads from two.",
        md.heading(2, "The table", "table"),
        _picture(table),
        _collections(items, (table.hash,), (table.range,) if table.range else ()),
        *(_index(table, index, items) for index in table.indexes),
    )


def _index(table: Table, index: Index, items: Sequence[Worked]) -> str:
    inside = [item for item in items if item.is_in(index)]
    outside = [item for item in items if not item.is_in(index)]
    target = at.to(at.collections_page(table), at.table_page(table), at.index_anchor(table, index))
    return "\n\n".join(
        block
        for block in (
            md.heading(2, md.text(index.name), at.index_anchor(table, index)),
            f"{md.line(index.purpose)} ({md.link('its keys', target)})" if index.purpose else "",
            _picture(table, index) if inside else "",
            _collections(inside, index.hash, index.range) if inside else "No example is in it.",
            _ghosts(table, index, outside),
        )
        if block
    )


def _picture(table: Table, index: Index | None = None) -> str:
    target = at.to(at.collections_page(table), at.collections_picture(table, index))
    return md.image(COLLECTIONS, target)


def _collections(
    items: Sequence[Worked], hashes: Sequence[KeyAttribute], ranges: Sequence[KeyAttribute]
) -> str:
    head = "".join(
        f'<th scope="col">{_shown(label)}</th>'
        for label in ("Entity", *(key.name for key in ranges), "Attributes")
    )
    rows = []
    for group, members in collected(items, hashes, ranges):
        name = named(hashes, group)
        rows.append(
            f'<tr class="kx-partition"><th scope="rowgroup" colspan="{len(ranges) + 2}">'
            f"<code>{_shown(name)}</code></th></tr>"
        )
        for item in members:
            cells = "".join(
                f"<td><code>{_shown(value)}</code></td>" for value in key_of(item, ranges)
            )
            rows.append(
                f"<tr><td>{_shown(item.entity.name)}</td>{cells}<td>{_rest(item, (*hashes, *ranges))}</td></tr>"
            )
    return (
        f'<div class="kx-collections" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>\n'
        + ("\n".join(rows) + "\n</tbody></table></div>")
    )


def _rest(item: Worked, shown: Sequence[KeyAttribute]) -> str:
    """A few of the plain attributes, so that an item is known again: no derived keys, nothing twice."""
    templates = {**item.entity.keys}
    for filled in item.entity.indexes:
        templates |= filled.keys
    keys = {n for n, t in templates.items() if not (t.is_natural and t.sources == (n,))}
    keys |= {key.name for key in shown}
    plain = [
        (name, value)
        for name, value in item.plain.items()
        if name not in keys and isinstance(value, str | int | float)
    ]
    return ", ".join(
        f"{_shown(name)}: <span>{_shown(_short(_plain(value)))}</span>" for name, value in plain[:4]
    )


def _ghosts(table: Table, index: Index, outside: Sequence[Worked]) -> str:
    if not outside:
        return ""
    rows = "\n".join(
        f"<li><code>{_shown(' / '.join(key_of(item, table.keys)))}</code> "
        f"({_shown(item.entity.name)}): {_shown(why_absent(item, index))}</li>"
        for item in outside
    )
    return f'<div class="kx-ghosts"><p>Not in it:</p>\n<ul>\n{rows}\n</ul></div>'


def _plain(value: object) -> str:
    """A value as JSON has it, text without its quotes."""
    return value if isinstance(value, str) else json_text(value, ascii_only=True)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "\u2026"


def _shown(text: str) -> str:
    return escape(printable(text))
