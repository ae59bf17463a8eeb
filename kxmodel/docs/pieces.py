"""A key template in pieces, each with what stands there in an example."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.errors import KxError
from kxmodel.keys import Literal, is_absent, lookup, render_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Attribute, Entity, Table
    from kxmodel.keys import Condition, Placeholder, Template


@dataclass(frozen=True)
class Piece:
    """source: the attribute that it comes from; None: text that stands in every key.

    written: as the template has it, without ``${}``. example: what stands there; None: no example.
    """

    source: str | None
    written: str
    example: str | None


def pieces(
    table: Table, entity: Entity, template: Template, when: Condition | None = None
) -> tuple[Piece, ...]:
    """The pieces from left to right; all examples are of one item of the schema, where one has all.

    when: what an item needs to be in the index whose key this is.
    """
    items = [item for item in entity.examples if when is None or when.holds(item)]
    whole = [item for item in items if all(_there(item, part) for part in template.placeholders)]
    values = (whole or items or [{}])[0]
    ends = [part.offset for part in template.parts[1:]] + [len(template.text)]
    made = []
    for part, end in zip(template.parts, ends, strict=True):
        if isinstance(part, Literal):
            made.append(Piece(None, part.text, part.text))
            continue
        written = template.text[part.offset + 2 : end - 1]
        made.append(Piece(part.source, written, _example(table, entity, template, part, values)))
    return tuple(made)


def _there(item: Mapping[str, object], part: Placeholder) -> bool:
    return part.default is not None or not is_absent(lookup(item, part.path))


def _example(
    table: Table,
    entity: Entity,
    template: Template,
    part: Placeholder,
    item: Mapping[str, object],
) -> str | None:
    """What stands there in the item, or of the attribute's own examples, or by default."""
    own = attribute_at(table, entity, part.source)
    given = [lookup(item, part.path), *(json.loads(each) for each in (own.examples if own else ()))]
    candidates = [value for value in given if not is_absent(value)]
    if part.default is not None:
        candidates.append(None)
    for value in candidates:
        try:
            return render_part(template, part, value)
        except KxError:
            continue
    return None


def attribute_at(table: Table, entity: Entity, source: str) -> Attribute | None:
    """The attribute that a dotted path names; None where the schema declares none."""
    found = None
    members: Mapping[str, Attribute] = entity.members
    for name in source.split("."):
        found = members.get(name)
        if found is None:
            return None
        members = next(_members(table, found), {})
    return found


def _members(table: Table, attribute: Attribute) -> Iterator[Mapping[str, Attribute]]:
    wanted = getattr(attribute.shape, "structure", None)
    yield from (each.members for each in table.structures if each.name == wanted)
