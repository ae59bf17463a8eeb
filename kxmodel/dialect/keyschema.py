"""``x-kx-table``: the key schema, the indexes and the settings of the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kxmodel.dialect.names import is_identifier, snake_case
from kxmodel.errors.base import shorten
from kxmodel.ir import Index, KeyAttribute, KeyType, Settings

if TYPE_CHECKING:
    from typing import Literal

    from kxmodel.dialect.node import Node


@dataclass(frozen=True)
class KeySchema:
    """The table's key and its indexes, as x-kx-table declares them."""

    name: str
    hash: KeyAttribute
    range: KeyAttribute | None
    indexes: tuple[Index, ...]

    @property
    def keys(self) -> tuple[KeyAttribute, ...]:
        """The table's key attributes, hash first."""
        return (self.hash,) if self.range is None else (self.hash, self.range)


def read_key_schema(table: Node) -> KeySchema:
    """Read the keys of ``x-kx-table``.

    Raises SchemaError (KX130): an attribute used with two types or twice in one key, a local index
    that has another partition key than the table or no sort key, several attributes in one.
    """
    key = table.get("key")
    assert key
    (hash_key,) = _parts(key, "hash")
    range_key = next(iter(_parts(key, "range")), None)
    _check_distinct(key, (hash_key, *([range_key] if range_key else [])))
    schema = KeySchema(
        table.text("name"),
        hash_key,
        range_key,
        tuple(_index(name, node) for name, node in table.members("indexes")),
    )
    for index, (_, node) in zip(schema.indexes, table.members("indexes"), strict=True):
        _check_index(schema, index, node)
    _check_types(table, schema)
    return schema


def read_settings(table: Node) -> Settings:
    """Read how the table is set up, apart from its keys."""
    billing = table.get("billing")
    provisioned = billing is not None and isinstance(billing.value, dict)
    tags = {name: node.value for name, node in table.members("tags")}
    stream = table.text("stream") or None
    return Settings(
        billing="provisioned" if provisioned else "on-demand",
        read_capacity=_integer(billing, "read") if billing else None,
        write_capacity=_integer(billing, "write") if billing else None,
        stream=cast(
            "Literal['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] | None", stream
        ),
        ttl=table.text("ttl") or None,
        encryption=table.text("encryption", "aws-owned"),
        point_in_time_recovery=table.flag("pointInTimeRecovery"),
        deletion_protection=table.flag("deletionProtection"),
        tags={name: value for name, value in tags.items() if isinstance(value, str)},
    )


def _integer(node: Node, name: str) -> int | None:
    found = node.get(name)
    return found.value if found and isinstance(found.value, int) else None


def _index(name: str, node: Node) -> Index:
    python_name = snake_case(name)
    if not is_identifier(python_name):
        message = f"the index name {shorten(name)} does not make a Python identifier"
        node.fail(message, "KX121", at_name=True, fix="Rename the index.")
    projection = node.get("projection")
    include = node.strings("projection")
    kind = "INCLUDE" if include else projection.value if projection else "ALL"
    return Index(
        name=name,
        python_name=python_name,
        hash=_parts(node, "hash"),
        range=_parts(node, "range"),
        projection=cast("Literal['ALL', 'KEYS_ONLY', 'INCLUDE']", kind),
        include=include,
        local=node.flag("local"),
        purpose=node.text("purpose"),
        use_case=node.text("useCase"),
        tenant_isolation=cast(
            "Literal['key', 'filter', 'none']", node.text("tenantIsolation", "key")
        ),
    )


def _parts(key: Node, role: str) -> tuple[KeyAttribute, ...]:
    node = key.get(role)
    if not node:
        return ()
    nodes = list(key.elements(role)) if isinstance(node.value, list) else [node]
    return tuple(
        KeyAttribute(n.value)
        if isinstance(n.value, str)
        else KeyAttribute(n.text("name"), cast("KeyType", n.text("type", "S")))
        for n in nodes
    )


def _check_distinct(node: Node, attributes: tuple[KeyAttribute, ...]) -> None:
    names = [attribute.name for attribute in attributes]
    for name in names:
        if names.count(name) > 1:
            node.fail(f"{shorten(name)} stands in one key twice", "KX130")


def _check_index(schema: KeySchema, index: Index, node: Node) -> None:
    _check_distinct(node, index.attributes)
    if not index.local:
        return
    if len(index.hash) > 1 or len(index.range) > 1:
        node.fail("a local index has one partition key and one sort key", "KX130")
    if index.hash[0] != schema.hash:
        message = f"a local index has the table's partition key, {shorten(schema.hash.name)}"
        node.fail(message, "KX130")
    if not index.range or schema.range is None:
        node.fail("a local index, and its table, have a sort key", "KX130")


def _check_types(table: Node, schema: KeySchema) -> None:
    types: dict[str, KeyType] = {}
    for attribute in (*schema.keys, *(a for index in schema.indexes for a in index.attributes)):
        if types.setdefault(attribute.name, attribute.type) != attribute.type:
            name = shorten(attribute.name)
            table.fail(
                f"{name} is of type {types[attribute.name]} in one key and "
                f"{attribute.type} in another",
                "KX130",
            )
