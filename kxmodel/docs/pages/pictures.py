"""The pictures, each a file beside the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs import addresses as at
from kxmodel.docs.collected import collected, key_of, named
from kxmodel.docs.pictures.anatomy import anatomy
from kxmodel.docs.pictures.drawers import Drawer, Lying, drawers
from kxmodel.docs.pictures.flow import flow
from kxmodel.docs.pictures.links import links
from kxmodel.docs.pictures.timeline import timeline
from kxmodel.docs.worked import Worked, worked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import KeyAttribute, Table

#: What stands for a picture where it is not seen; the pictures' own titles and descriptions say more.
LINKS: Final = "The tables, and which entities name items of others."
TIMELINE: Final = "The migrations in their order, with a mark for each operation."
FLOW: Final = "The table and its indexes, with the entities that are in each."
ANATOMY: Final = "Each key in pieces, with the attribute that each piece comes from."
COLLECTIONS: Final = (
    "The item collections: items with one partition key, in the order of their sort keys."
)


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The picture of all tables, of the migrations, and those of each table."""
    yield at.LINKS_PICTURE, links(project.tables, "kx-links")
    if project.revisions:
        yield at.MIGRATIONS_PICTURE, timeline(project.revisions, "kx-timeline")
    for table in project.tables:
        yield at.table_picture(table), flow(table, "kx-table")
        for entity in table.entities:
            path = at.keys_picture(table, entity)
            yield path, anatomy(table, entity, f"kx-{path.stem}")
        yield from _collections(table)


def _collections(table: Table) -> Iterator[tuple[PurePosixPath, str]]:
    items = worked(table)
    if not items:
        return
    path = at.collections_picture(table)
    yield path, _drawn(table, table.name, items, table.keys[:1], table.keys[1:], path.stem)
    for index in table.indexes:
        inside = [item for item in items if item.is_in(index)]
        if inside:
            path = at.collections_picture(table, index)
            yield path, _drawn(table, index.name, inside, index.hash, index.range, path.stem)


def _drawn(
    table: Table,
    place: str,
    items: Sequence[Worked],
    hashes: Sequence[KeyAttribute],
    ranges: Sequence[KeyAttribute],
    name: str,
) -> str:
    shown = [
        Drawer(
            named(hashes, key),
            tuple(Lying(item.entity.name, " / ".join(key_of(item, ranges))) for item in members),
        )
        for key, members in collected(items, hashes, ranges)
    ]
    sort = " and ".join(key.name for key in ranges)
    return drawers(place, sort, shown, [entity.name for entity in table.entities], f"kx-{name}")
