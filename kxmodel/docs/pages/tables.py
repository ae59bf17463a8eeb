"""A table: its purpose, keys, indexes, tenants, settings, structures, examples and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.conditions import listed
from kxmodel.docs.pages.pictures import ANATOMY, FLOW
from kxmodel.docs.parts.examples import examples
from kxmodel.docs.parts.indexes import indexes
from kxmodel.docs.parts.settings import settings
from kxmodel.docs.parts.sizes import sizes
from kxmodel.docs.shapes import structure_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Entity, Structure, Table


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """A page for each table."""
    for table in project.tables:
        yield at.table_page(table), _page(project, table)


def _page(project: Project, table: Table) -> str:
    here = at.table_page(table)
    return md.page(
        md.heading(1, md.text(table.title or table.name)),
        md.prose(table.description),
        _ways_on(table),
        md.image(FLOW, at.to(here, at.table_picture(table))),
        md.heading(2, "Entities and their keys", "keys"),
        _primary(table),
        *(block for entity in table.entities for block in _entity(table, entity)),
        *indexes(table),
        *_tenancy(table),
        md.heading(2, "Settings", "settings"),
        settings(table),
        *_structures(table),
        *examples(project, table),
        *sizes(table),
    )


def _ways_on(table: Table) -> str:
    here = at.table_page(table)
    ways = [
        md.link("every attribute", at.to(here, at.attributes_page(table))),
        md.link("item collections", at.to(here, at.collections_page(table))),
    ]
    if table.patterns:
        ways.append(md.link("access patterns", at.to(here, at.PATTERNS)))
    return f"The table is called {md.code(table.name)}. See also: {', '.join(ways)}."


def _primary(table: Table) -> str:
    first = f"The partition key is {md.code(table.hash.name)}"
    if table.range is None:
        return f"{first}; there is no sort key."
    return f"{first}, the sort key {md.code(table.range.name)}."


def _entity(table: Table, entity: Entity) -> Iterator[str]:
    here = at.table_page(table)
    target = at.to(here, at.attributes_page(table), at.entity_anchor(table, entity))
    several = len(table.entities) > 1
    yield md.heading(3, md.text(entity.name), at.entity_anchor(table, entity))
    yield md.prose(entity.description) if several else ""
    count = len(entity.attributes)
    counted = f"{count} attribute{'' if count == 1 else 's'}"
    yield " ".join(
        part
        for part in (
            _recognised(entity) if several else "",
            f"It has {md.link(counted, target)}.",
        )
        if part
    )
    rows = [(md.code(key.name), md.code(entity.keys[key.name].text)) for key in table.keys]
    yield md.table(("Key", "Made of"), rows)
    yield md.image(ANATOMY, at.to(here, at.keys_picture(table, entity)))


def _recognised(entity: Entity) -> str:
    """How a stored item is known to be of the entity."""
    tests = [
        f"{md.code(name)} is {md.code(value)}" for name, value in entity.recognition.equals.items()
    ]
    tests += [
        f"{md.code(name)} begins with {md.code(value)}"
        for name, value in entity.recognition.prefixes.items()
    ]
    return f"An item is one if {listed(tests)}." if tests else "What is no other entity is one."


def _tenancy(table: Table) -> Iterator[str]:
    """Who can read what of another tenant."""
    if table.tenant is None:
        return
    yield md.heading(2, "Tenants", "tenants")
    yield f"Each item belongs to the tenant that {md.code(table.tenant)} names."
    inside = [e for e in table.entities if table.tenant in e.keys[table.hash.name].sources]
    outside = [md.text(e.name) for e in table.entities if e not in inside]
    rows = [("the table", _KEY if not outside else f"{_KEY}, but not for {listed(outside)}")]
    if not inside:
        rows = [("the table", _NONE)]
    words = {"key": _KEY, "filter": _FILTER, "none": _NONE}
    rows += [
        (
            md.link(md.text(index.name), f"#{at.index_anchor(table, index)}"),
            rows[0][1] if index.local else words[index.tenant_isolation],
        )
        for index in table.indexes
    ]
    yield md.table(("Reads of", "What keeps tenants apart"), rows)


_KEY = "the partition key, which has the tenant in it: a read sees one tenant's items"
_FILTER = "a filter, which every read must bring: tenants can share a partition"
_NONE = "nothing: what is there is for all tenants"


def _structures(table: Table) -> Iterator[str]:
    if not table.structures:
        return
    yield md.heading(2, "Nested structures", "structures")
    yield md.table(
        ("Structure", "Members", "Stands in", "What it is"),
        [
            (
                md.link(
                    md.code(each.name),
                    at.to(
                        at.table_page(table),
                        at.attributes_page(table),
                        at.structure_anchor(table, each),
                    ),
                ),
                str(len(each.attributes)),
                _holders(table, each),
                md.line(each.description),
            )
            for each in table.structures
        ],
        "lrll",
    )


def _holders(table: Table, structure: Structure) -> str:
    """The attributes whose value it is, or is made of."""
    owners: list[Entity | Structure] = [*table.entities, *table.structures]
    return ", ".join(
        md.code(f"{owner.name}.{each.name}")
        for owner in owners
        for each in owner.attributes
        if structure_of(each.shape) == structure.name
    )
