"""The key templates of an entity as `kxmodel.keys` evaluates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.keys import DerivedAttribute, KeyPart, KeyRules, KeySet, key_rules, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir.table import Entity, KeyAttribute, Table
    from kxmodel.keys import KeyRole, Template


def rules_of(table: Table, entity: Entity) -> KeyRules:
    """The rules of an entity. Raises TemplateError as `KeyPart` and `parse` do."""
    return key_rules(
        KeySet(
            table.name,
            tuple(_parts(entity.keys, (table.hash,), table.keys[1:])),
            sparse=False,
        ),
        (
            KeySet(
                filled.index,
                tuple(_parts(filled.keys, index.hash, index.range)),
                when=filled.when,
            )
            for filled in entity.indexes
            for index in (table.index(filled.index),)
        ),
        (DerivedAttribute(a.name, parse(a.derive)) for a in entity.attributes if a.derive),
    )


def _parts(
    keys: Mapping[str, Template],
    hashes: tuple[KeyAttribute, ...],
    ranges: tuple[KeyAttribute, ...],
) -> Iterator[KeyPart]:
    of_roles: tuple[tuple[KeyRole, tuple[KeyAttribute, ...]], ...] = (
        ("hash", hashes),
        ("range", ranges),
    )
    for role, attributes in of_roles:
        for key in attributes:
            if key.name in keys:
                yield KeyPart(key.name, keys[key.name], role, key.type)
