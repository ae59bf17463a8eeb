"""The one place that knows where each page lies, and what its anchors are called."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from kxmodel.dialect import module_name
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
    return PurePosixPath("tables", _folder(table), "index.md")


def attributes_page(table: Table) -> PurePosixPath:
    """Every attribute of a table, nested structures included."""
    return PurePosixPath("tables", _folder(table), "attributes.md")


def collections_page(table: Table) -> PurePosixPath:
    """The example items as they lie in the table and in each index."""
    return PurePosixPath("tables", _folder(table), "collections.md")


def pattern_page(table: Table, pattern: AccessPattern) -> PurePosixPath:
    """One access pattern."""
    names = [f"{slug(each.entity)}-{slug(each.name)}" for each in table.patterns]
    name = _distinct(names, _place(pattern, table.patterns))
    return PurePosixPath("patterns", _folder(table), f"{name}.md")


def revision_page(revision: str) -> PurePosixPath:
    """One migration."""
    return PurePosixPath("migrations", f"{revision.replace('_', '-')}.md")


def table_picture(table: Table) -> PurePosixPath:
    """A table and its indexes, with the entities that flow into each."""
    return PurePosixPath("tables", _folder(table), "table.svg")


def keys_picture(table: Table, entity: Entity) -> PurePosixPath:
    """An entity's keys taken apart."""
    return PurePosixPath("tables", _folder(table), f"keys-{_own(entity, table.entities)}.svg")


def collections_picture(table: Table, index: Index | None = None) -> PurePosixPath:
    """The item collections of a table, or of an index."""
    name = "collections" if index is None else f"collections-{_own(index, table.indexes)}"
    return PurePosixPath("tables", _folder(table), f"{name}.svg")


def index_anchor(table: Table, index: Index) -> str:
    """An index on its table's pages."""
    return f"index-{_own(index, table.indexes)}"


def entity_anchor(table: Table, entity: Entity) -> str:
    """An entity on its table's pages."""
    return f"entity-{_own(entity, table.entities)}"


def attribute_anchor(table: Table, owner: Entity | Structure, attribute: str) -> str:
    """An attribute on its table's page of attributes; no other anchor of the page holds a dot."""
    names = [slug(each.name) for each in owner.attributes]
    place = next(n for n, each in enumerate(owner.attributes) if each.name == attribute)
    return f"{_own(owner, (*table.entities, *table.structures))}.{_distinct(names, place)}"


def structure_anchor(table: Table, structure: Structure) -> str:
    """A nested structure on its table's page of attributes."""
    return f"structure-{_own(structure, table.structures)}"


def to(page: PurePosixPath, target: PurePosixPath, anchor: str = "") -> str:
    """The relative address of `target` as a link on `page` says it."""
    path = relpath(target.as_posix(), page.parent.as_posix())
    return f"{path}#{anchor}" if anchor else path


def _folder(table: Table) -> str:
    """A table's module has a name that no other's has (KX150)."""
    return module_name(table.name).replace("_", "-")


def _own(one: Entity | Index | Structure, among: Sequence[Entity | Index | Structure]) -> str:
    return _distinct([slug(each.name) for each in among], _place(one, among))


def _place(one: object, among: Sequence[object]) -> int:
    return next(n for n, each in enumerate(among) if each is one or each == one)


def _distinct(slugs: Sequence[str], place: int) -> str:
    """One of several slugs, with its place behind it where one before it is the same; none holds `_`."""
    own = slugs[place]
    return own if own not in slugs[:place] else f"{own}_{place + 1}"
