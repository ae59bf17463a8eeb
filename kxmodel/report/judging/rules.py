"""An entity's key templates, as `kxmodel.keys` evaluates them, and the limits of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kxmodel.keys import DerivedAttribute, KeyPart, KeyRules, KeySet, key_rules, parse
from kxmodel.values import MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Entity, KeyAttribute, Table
    from kxmodel.keys import Template

    Role = Literal["hash", "range"]


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


def key_limits(table: Table) -> dict[str, int]:
    """Each key attribute of the table and its indexes -> the bytes it may have at most."""
    limits: dict[str, int] = {}
    for key, role in _roles(table):
        limit = MAX_PARTITION_KEY_BYTES if role == "hash" else MAX_SORT_KEY_BYTES
        limits[key.name] = min(limit, limits.get(key.name, limit))
    return limits


def _roles(table: Table) -> Iterator[tuple[KeyAttribute, Role]]:
    for hashes, ranges in (
        ((table.hash,), table.keys[1:]),
        *((index.hash, index.range) for index in table.indexes),
    ):
        for key in hashes:
            yield key, "hash"
        for key in ranges:
            yield key, "range"


def _parts(
    keys: Mapping[str, Template],
    hashes: tuple[KeyAttribute, ...],
    ranges: tuple[KeyAttribute, ...],
) -> Iterator[KeyPart]:
    for role, attributes in (("hash", hashes), ("range", ranges)):
        for key in attributes:
            if key.name in keys:
                yield KeyPart(
                    key.name, keys[key.name], "hash" if role == "hash" else "range", key.type
                )
