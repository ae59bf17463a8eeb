"""Which keys an attribute stands in, and what follows from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.conditions import listed

if TYPE_CHECKING:
    from kxmodel.ir import Attribute, Entity, Table


def in_keys(table: Table, entity: Entity, attribute: Attribute) -> list[str]:
    """Sentences in Markdown; none where it stands in no key and decides about none."""
    here = at.attributes_page(table)
    primary = [
        k for k, t in entity.keys.items() if _of(t.sources, attribute) and k != attribute.name
    ]
    told = []
    if primary or attribute.name in entity.keys:
        where = (
            f"Stands in {listed([md.code(k) for k in primary])} of the table: " if primary else ""
        )
        told.append(
            f"{where}{'an' if primary else 'An'} item with another value is another item, "
            "not a changed one."
        )
    links = {
        filled.index: md.link(
            md.text(filled.index),
            at.to(here, at.table_page(table), at.index_anchor(table, table.index(filled.index))),
        )
        for filled in entity.indexes
    }
    keys = [
        f"{md.code(key)} of {links[filled.index]}"
        for filled in entity.indexes
        for key, template in filled.keys.items()
        if key != attribute.name and _of(template.sources, attribute)
    ]
    if keys:
        told.append(
            f"Stands in {listed(keys)}, which {'follow' if len(keys) > 1 else 'follows'} it."
        )
    deciding = [
        links[filled.index]
        for filled in entity.indexes
        if filled.when is not None and _of(filled.when.sources, attribute)
    ]
    if deciding:
        told.append(f"Decides whether an item is in {listed(deciding)}.")
    return told


def _of(sources: tuple[str, ...], attribute: Attribute) -> bool:
    return any(source.partition(".")[0] == attribute.name for source in sources)
