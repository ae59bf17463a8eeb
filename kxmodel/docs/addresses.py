"""The one place that knows where each page lies, and what its anchors are called."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from kxmodel.docs.markdown import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import AccessPattern, Entity, Index, Structure, Table

START: Final = PurePosixPath("index.md")
PATTERNS: Final = PurePosixPath("patterns/index.md")
TABLES: Final = PurePosixPath("tables/index.md")
MIGRATIONS: Final = PurePosixPath("migrations/index.md")
PLAYGROUND: Final = PurePosixPath("playground.md")
LINKS_PICTURE: Final = PurePosixPath("tables/links.svg")
MIGRATIONS_PICTURE: Final = PurePosixPath("migrations/timeline.svg")
ASSETS: Final = PurePosixPath("assets/kxmodel")


def table_page(table: Table) -> PurePosixPath:
    """Purpose, keys, indexes and entities of a table."""
    return PurePosixPath("tables", slug(table.name), "index.md")


def attributes_page(table: Table) -> PurePosixPath:
    """Every attribute of a table, nested structures included."""
    return PurePosixPath("tables", slug(table.name), "attributes.md")


def collections_page(table: Table) -> PurePosixPath:
    """The example items as they lie in the table and in each index."""
    return PurePosixPath("tables", slug(table.name), "collections.md")


def pattern_page(table: Table, pattern: AccessPattern) -> PurePosixPath:
    """One access pattern."""
    names = [f"{slug(each.entity)}-{slug(each.name)}" for each in table.patterns]
    place = table.patterns.index(pattern)
    name = names[place]
    if name in names[:place]:
        name = f"{name}-{place + 1}"
    return PurePosixPath("patterns", slug(table.name), f"{name}.md")


def revision_page(revision: str) -> PurePosixPath:
    """One migration."""
    return PurePosixPath("migrations", f"{revision.replace('_', '-')}.md")


def table_picture(table: Table) -> PurePosixPath:
    """A table and its indexes, with the entities that flow into each."""
    return PurePosixPath("tables", slug(table.name), "table.svg")


def keys_picture(table: Table, entity: Entity) -> PurePosixPath:
    """An entity's keys taken apart."""
    return PurePosixPath(
        "tables", slug(table.name), f"keys-{_distinct(entity, table.entities)}.svg"
    )


def collections_picture(table: Table, index: Index | None = None) -> PurePosixPath:
    """The item collections of a table, or of an index."""
    name = "collections" if index is None else f"collections-{_distinct(index, table.indexes)}"
    return PurePosixPath("tables", slug(table.name), f"{name}.svg")


def index_anchor(index: Index) -> str:
    """An index on its table's page."""
    return f"index-{slug(index.name)}"


def entity_anchor(entity: Entity) -> str:
    """An entity on its table's pages."""
    return f"entity-{slug(entity.name)}"


def attribute_anchor(owner: Entity | Structure, attribute: str) -> str:
    """An attribute on its table's page of attributes."""
    return f"{slug(owner.name)}-{slug(attribute)}"


def structure_anchor(structure: Structure) -> str:
    """A nested structure on its table's page of attributes."""
    return f"structure-{slug(structure.name)}"


def to(page: PurePosixPath, target: PurePosixPath, anchor: str = "") -> str:
    """The relative address of `target` as a link on `page` says it."""
    path = relpath(target.as_posix(), page.parent.as_posix())
    return f"{path}#{anchor}" if anchor else path


def _distinct(one: Entity | Index, among: Sequence[Entity | Index]) -> str:
    """The slug of one of several, with its place behind it where another before it has the same; no slug holds `_`."""
    place = among.index(one)
    own = slug(one.name)
    return own if own not in (slug(each.name) for each in among[:place]) else f"{own}_{place + 1}"
