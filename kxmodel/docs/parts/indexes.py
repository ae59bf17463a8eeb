"""The indexes of a table: what each is for, which items are in it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.conditions import listed, sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.ir import Index, KeyAttribute, Table


def indexes(table: Table) -> Iterator[str]:
    """The section; nothing where the table has none."""
    if not table.indexes:
        return
    yield md.heading(2, "Indexes", "indexes")
    for index in table.indexes:
        yield md.heading(3, md.text(index.name), at.index_anchor(table, index))
        yield md.prose(index.purpose)
        yield f"Used for: {md.line(index.use_case)}" if index.use_case else ""
        yield _facts(table, index)
        yield _entities(table, index)


def _facts(table: Table, index: Index) -> str:
    here = at.table_page(table)
    kind = "A local index, made with the table" if index.local else "A global index"
    facts = [f"{kind}: partition key {_names(index.hash)}"]
    facts[0] += f", sort key {_names(index.range)}." if index.range else ", no sort key."
    facts.append(_projected(table, index))
    asking = [
        md.link(md.code(f"{each.entity}.{each.name}"), at.to(here, at.pattern_page(table, each)))
        for each in table.patterns
        if each.index == index.name
    ]
    facts.append(f"Asked by {', '.join(asking)}." if asking else "No access pattern asks it.")
    if not index.local:
        facts.append("Its reads are eventually consistent.")
    if any(entity.examples for entity in table.entities):
        target = at.to(here, at.collections_page(table), at.index_anchor(table, index))
        facts.append(f"{md.link('The examples as they lie in it', target)}.")
    return "\n".join(f"- {fact}" for fact in facts)


def _projected(table: Table, index: Index) -> str:
    if index.projection == "ALL":
        return "It holds whole items."
    keys = dict.fromkeys(key.name for key in (*table.keys, *index.attributes))
    kept = [*keys, *(index.include if index.projection == "INCLUDE" else ())]
    return f"Of each item it holds {listed([md.code(name) for name in kept])} alone."


def _names(keys: Sequence[KeyAttribute]) -> str:
    return listed([md.code(key.name) for key in keys])


def _entities(table: Table, index: Index) -> str:
    """Which entities are in it, by which keys, and when."""
    names = [key.name for key in index.attributes]
    rows = [
        (
            md.text(entity.name),
            *(md.code(filled.keys[name].text) for name in names),
            _when(sparse(table, entity, filled)),
        )
        for entity in table.entities
        for filled in entity.indexes
        if filled.index == index.name
    ]
    absent = [
        md.text(entity.name)
        for entity in table.entities
        if not any(filled.index == index.name for filled in entity.indexes)
    ]
    shown = md.table(("Entity", *map(md.code, names), "Which items"), rows) if rows else ""
    never = f"Never in it: {listed(absent)}." if absent else ""
    return "\n\n".join(part for part in (shown, never) if part)


def _when(needs: Sequence[str]) -> str:
    return f"only if {md.text(listed(list(needs)))}" if needs else "every one"
