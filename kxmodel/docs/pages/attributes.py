"""Every attribute of a table, and of the structures nested in it, each with an anchor of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.parts.inkeys import in_keys
from kxmodel.docs.shapes import json_type, narrowed, python_type, stored_type, structure_of
from kxmodel.ir import Structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project
    from kxmodel.ir import Attribute, Entity, Table
    from kxmodel.keys import Template


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """A page for each table."""
    for table in project.tables:
        yield at.attributes_page(table), _page(project, table)


def _page(project: Project, table: Table) -> str:
    blocks = [
        md.heading(1, f"Attributes of {md.text(table.title or table.name)}"),
        "Every attribute with its stored name, its name and type in Python, and DynamoDB's type. "
        f"What is made of them: {_to_table(table)}.",
    ]
    for entity in table.entities:
        blocks.append(md.heading(2, md.text(entity.name), at.entity_anchor(table, entity)))
        blocks.append(md.prose(entity.description))
        blocks.append(_overview(table, entity))
        blocks += [_attribute(project, table, entity, each) for each in entity.attributes]
    for structure in table.structures:
        blocks.append(md.heading(2, md.text(structure.name), at.structure_anchor(table, structure)))
        blocks.append(md.prose(structure.description))
        blocks.append(_used_by(table, structure))
        blocks.append(_overview(table, structure))
        blocks += [_attribute(project, table, structure, each) for each in structure.attributes]
    return md.page(*blocks)


def _to_table(table: Table) -> str:
    target = at.to(at.attributes_page(table), at.table_page(table), "keys")
    return md.link("the table's keys and indexes", target)


def _overview(table: Table, owner: Entity | Structure) -> str:
    rows = [
        (
            md.link(md.code(each.name), f"#{at.attribute_anchor(table, owner, each.name)}"),
            md.code(each.python_name),
            _type(table, each),
            md.code(stored_type(each)),
            "yes" if each.required else "",
            ", ".join(_marks(table, owner, each)),
        )
        for each in owner.attributes
    ]
    return md.table(("Stored", "Python", "Type", "DynamoDB", "Required", "Notes"), rows)


def _type(table: Table, attribute: Attribute) -> str:
    """Python's type, which leads to the structure that it names."""
    name = structure_of(attribute.shape)
    label = md.code(python_type(attribute.shape))
    if name is None:
        return label
    return md.link(label, f"#{at.structure_anchor(table, table.structure(name))}")


def _marks(table: Table, owner: Entity | Structure, attribute: Attribute) -> list[str]:
    """What sets the attribute apart, a word or two each."""
    roles = [role for role, names in _roles(table) if attribute.name in names]
    marks = roles if hasattr(owner, "keys") else []
    if attribute.generate is not None:
        marks.append("generated")
    if _template(owner, attribute) is not None:
        marks.append("derived")
    if attribute.immutable:
        marks.append("immutable")
    if attribute.personal:
        marks.append("personal data")
    if attribute.name == table.settings.ttl and hasattr(owner, "keys"):
        marks.append("time to live")
    return marks


def _roles(table: Table) -> Iterator[tuple[str, list[str]]]:
    yield "partition key", [table.hash.name]
    if table.range is not None:
        yield "sort key", [table.range.name]
    for index in table.indexes:
        yield f"{md.text(index.name)} key", [key.name for key in index.attributes]


def _template(owner: Entity | Structure, attribute: Attribute) -> str | None:
    """The template that gives the attribute's value; None where the caller gives it."""
    if attribute.derive is not None:
        return attribute.derive
    templates: dict[str, Template] = {}
    for filled in getattr(owner, "indexes", ()):
        templates |= filled.keys
    templates |= getattr(owner, "keys", {})
    found = templates.get(attribute.name)
    if found is None or (found.is_natural and found.sources == (attribute.name,)):
        return None
    return found.text


def _attribute(
    project: Project, table: Table, owner: Entity | Structure, attribute: Attribute
) -> str:
    anchor = at.attribute_anchor(table, owner, attribute.name)
    heading = md.heading(3, md.code(attribute.name), anchor)
    return "\n\n".join(
        block
        for block in (
            heading,
            md.prose(attribute.description),
            _facts(project, table, owner, attribute),
        )
        if block
    )


def _facts(project: Project, table: Table, owner: Entity | Structure, attribute: Attribute) -> str:
    facts = [
        f"{md.code(attribute.python_name)} in Python, {_type(table, attribute)}; "
        f"{json_type(attribute.shape)} in JSON; {md.code(stored_type(attribute))} in DynamoDB; "
        f"{_presence(table, owner, attribute)}."
    ]
    facts += [f"{each}." for each in map(_first_up, narrowed(attribute))]
    template = _template(owner, attribute)
    if template is not None:
        facts.append(f"Derived, never given: {md.code(template)}.")
    if attribute.generate is not None:
        facts.append(_GENERATED[attribute.generate.kind])
    if attribute.default is not None:
        facts.append(f"{md.code(json.dumps(attribute.default, ensure_ascii=False))} unless given.")
    if attribute.immutable:
        facts.append("Never changes once it is stored.")
    facts += [] if isinstance(owner, Structure) else in_keys(table, owner, attribute)
    if attribute.personal:
        facts.append("Personal data.")
    if attribute.examples:
        shown = [each for each in attribute.examples if len(each) <= _SHOWN]
        if shown:
            facts.append("For example " + ", ".join(map(md.code, shown)) + ".")
    brought = project.brought_by(table.name, attribute.name) if hasattr(owner, "keys") else None
    if brought is not None:
        target = at.to(at.attributes_page(table), at.revision_page(brought))
        facts.append(f"Since {md.link(md.code(brought), target)}.")
    return "\n".join(f"- {fact}" for fact in facts)


def _presence(table: Table, owner: Entity | Structure, attribute: Attribute) -> str:
    if attribute.required:
        return "required"
    primary = not isinstance(owner, Structure) and attribute.name in {k.name for k in table.keys}
    return "in every item" if primary else "optional"


_SHOWN = 80
_GENERATED = {
    "ulid": "A new ULID where none is given.",
    "created": "The time of the first write where none is given.",
    "updated": "The time of every write.",
    "version": "Counted up by every write; a write of a stale object is refused.",
}


def _used_by(table: Table, structure: Structure) -> str:
    owners: list[Entity | Structure] = [*table.entities, *table.structures]
    links = [
        md.link(
            md.code(f"{owner.name}.{each.name}"), f"#{at.attribute_anchor(table, owner, each.name)}"
        )
        for owner in owners
        for each in owner.attributes
        if structure_of(each.shape) == structure.name
    ]
    return f"The value of {', '.join(links)}." if links else ""


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
