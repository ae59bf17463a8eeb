"""The limits of an entity's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kxmodel.values import MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import KeyAttribute, Table

    Role = Literal["hash", "range"]


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
