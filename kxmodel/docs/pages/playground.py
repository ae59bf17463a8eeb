"""The key playground: a form where there is JavaScript, worked examples for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.keyfields import key_fields
from kxmodel.docs.worked import Worked, why_absent, worked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Table
    from kxmodel.keys import Template


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The page, and the scripts that it runs: the exported key builders, and what they are asked."""
    yield at.PLAYGROUND, _page(project)
    for path, text in project.scripts.items():
        yield at.ASSETS / "keys" / path, text
    yield at.ASSETS / "keys" / "fields.js", key_fields(project)


def _page(project: Project) -> str:
    scripted = [
        md.heading(2, "Build keys", "build"),
        "Type an item's attributes: every key that it gets, and the indexes that it is in.",
        _placeholder("kx-playground-build"),
        md.heading(2, "Take a key apart", "read"),
        "Paste a key as it is stored: which entities can have it, and what it is made of.",
        _placeholder("kx-playground-read"),
        "Both run the key builders of `kxmodel export typescript` in this page. Nothing that is typed "
        "leaves it.",
    ]
    return md.page(
        md.heading(1, "Key playground"),
        *(scripted if project.scripts else ()),
        md.heading(2, "Worked examples", "worked"),
        "The schemas' examples with the keys that they are stored under.",
        *(block for table in project.tables for block in _table(table)),
    )


def _placeholder(name: str) -> str:
    return (
        f'<div id="{name}" class="kx-playground"><noscript><p>The form needs JavaScript. The examples '
        "below show the same without it.</p></noscript></div>"
    )


def _table(table: Table) -> Iterator[str]:
    yield md.heading(3, md.text(table.title or table.name))
    for item in worked(table):
        yield md.table(("Where", "Attribute", "Template", "Value"), _rows(table, item))


def _rows(table: Table, item: Worked) -> Iterator[tuple[str, ...]]:
    name = md.text(item.entity.name)
    yield from _keys(f"{name}, the table", item.entity.keys, item)
    for filled in item.entity.indexes:
        index = table.index(filled.index)
        if item.is_in(index):
            yield from _keys(f"{name}, {md.text(index.name)}", filled.keys, item)
        else:
            why = md.text(why_absent(item, index))
            yield (f"{name}, {md.text(index.name)}", "", "", f"not in it: {why}")


def _keys(where: str, keys: Mapping[str, Template], item: Worked) -> Iterator[tuple[str, ...]]:
    for name, template in keys.items():
        value = md.code(str(item.plain.get(name, "")))
        yield (where, md.code(name), md.code(template.text), value)
        where = ""
