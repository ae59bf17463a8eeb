"""Where an entity's templates are used: in the table's key, in the indexes, in derived attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kxmodel.errors.base import shorten
from kxmodel.keys import parse
from kxmodel.lint.place import below, of_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Index, KeyAttribute, KeyType, Table
    from kxmodel.keys import Template


@dataclass(frozen=True)
class Use:
    """A template in one place.

    index: the index whose key it makes, None for the table's. role: what the attribute is there;
    ``derive``: no key at all.
    """

    template: Template
    attribute: str
    pointer: str
    role: Literal["hash", "range", "derive"]
    index: str | None = None
    type: KeyType = "S"

    @property
    def label(self) -> str:
        """What messages call it, e.g. ``the sort key 'GSI1SK' of GSI1``."""
        if self.role == "derive":
            return f"the derived attribute {shorten(self.attribute)}"
        kind = "partition key" if self.role == "hash" else "sort key"
        return f"the {kind} {shorten(self.attribute)} of {self.index or 'the table'}"

    @property
    def natural(self) -> bool:
        """Whether the attribute is its own source."""
        return self.template.is_natural and self.template.sources == (self.attribute,)


def uses(table: Table, entity: Entity) -> Iterator[Use]:
    """Every template of the entity: table first, then index by index, then derived attributes.

    An attribute that is part of several keys comes once for each of them.
    """
    for key in table.keys:
        role: Literal["hash", "range"] = "hash" if key == table.hash else "range"
        yield _use(entity, None, key, role, entity.keys[key.name])
    indexes = {index.name: index for index in table.indexes}
    for keys in entity.indexes:
        index = indexes[keys.index]
        for key in index.attributes:
            role = "hash" if key in index.hash else "range"
            yield _use(entity, index, key, role, keys.keys[key.name])
    for attribute in entity.attributes:
        if attribute.derive is not None:
            yield Use(
                parse(attribute.derive),
                attribute.name,
                below(attribute.pointer, "x-kx-derive"),
                "derive",
            )


def templates(table: Table, entity: Entity) -> Iterator[Use]:
    """Each template of the entity once, at its first use."""
    seen: set[str] = set()
    for use in uses(table, entity):
        if use.attribute not in seen:
            seen.add(use.attribute)
            yield use


def _use(
    entity: Entity,
    index: Index | None,
    key: KeyAttribute,
    role: Literal["hash", "range"],
    template: Template,
) -> Use:
    name = index.name if index else None
    return Use(template, key.name, of_key(entity, name, key.name), role, name, key.type)
