"""The one place that knows where each page lies, and what its anchors are called."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from kxmodel.docs.markdown import slug

if TYPE_CHECKING:
    from kxmodel.ir import AccessPattern, Entity, Index, Structure, Table

START: Final = PurePosixPath("index.md")
PATTERNS: Final = PurePosixPath("patterns/index.md")
TABLES: Final = PurePosixPath("tables/index.md")
MIGRATIONS: Final = PurePosixPath("migrations/index.md")
PLAYGROUND: Final = PurePosixPath("playground.md")
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
    return PurePosixPath(
        "patterns", slug(table.name), f"{slug(pattern.entity)}-{slug(pattern.name)}.md"
    )


def revision_page(revision: str) -> PurePosixPath:
    """One migration."""
    return PurePosixPath("migrations", f"{revision.replace('_', '-')}.md")


def picture(table: Table, kind: str) -> PurePosixPath:
    """A picture about a table."""
    return PurePosixPath("tables", slug(table.name), f"{kind}.svg")


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
