"""A table as ``aws_dynamodb_table``.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.terraform.hcl import Block, Expression, Object, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.emit.capacity import Capacity
    from kxmodel.emit.terraform.hcl import Value
    from kxmodel.ir import Index, Table


def table_blocks(table: Table, label: str, capacity: Capacity) -> tuple[Block, ...]:
    """The resource, after the data source of its KMS key if it has one of its own."""
    resource = Block(
        "resource",
        ("aws_dynamodb_table", label),
        tuple(_arguments(table, capacity)),
        tuple(_blocks(table, label, capacity)),
    )
    return (*_key(table, label), resource)


def _arguments(table: Table, capacity: Capacity) -> Iterator[tuple[str, Value]]:
    yield "name", template(Expression("var.prefix"), table.name)
    yield "billing_mode", "PAY_PER_REQUEST" if capacity.read is None else "PROVISIONED"
    yield from _units(capacity)
    yield "hash_key", table.hash.name
    if table.range is not None:
        yield "range_key", table.range.name
    if table.settings.stream is not None:
        yield "stream_enabled", True
        yield "stream_view_type", table.settings.stream
    yield "deletion_protection_enabled", table.settings.deletion_protection
    if table.settings.tags:
        yield "tags", Object(tuple(sorted(table.settings.tags.items())), quoted=True)


def _units(capacity: Capacity) -> Iterator[tuple[str, Value]]:
    if capacity.read is not None and capacity.write is not None:
        yield "read_capacity", capacity.read.least
        yield "write_capacity", capacity.write.least


def _blocks(table: Table, label: str, capacity: Capacity) -> Iterator[Block]:
    keys = [*table.keys, *(each for index in table.indexes for each in index.attributes)]
    types = {each.name: each.type for each in keys}
    for name in sorted(types):
        yield Block("attribute", (), (("name", name), ("type", types[name])))
    for index in table.indexes:
        yield _local(index) if index.local else _global(index, capacity)
    yield from _most(capacity)
    if table.settings.ttl is not None:
        yield Block("ttl", (), (("attribute_name", table.settings.ttl), ("enabled", True)))
    yield Block("point_in_time_recovery", (), (("enabled", table.settings.point_in_time_recovery),))
    yield from _encryption(table, label)
    yield _lifecycle(capacity)


def _global(index: Index, capacity: Capacity) -> Block:
    schema = tuple(
        Block("key_schema", (), (("attribute_name", each.name), ("key_type", kind)))
        for kind, attributes in (("HASH", index.hash), ("RANGE", index.range))
        for each in attributes
    )
    arguments = (("name", index.name), *_projection(index), *_units(capacity))
    return Block("global_secondary_index", (), arguments, (*schema, *_most(capacity)))


def _local(index: Index) -> Block:
    arguments = (("name", index.name), ("range_key", index.range[0].name), *_projection(index))
    return Block("local_secondary_index", (), arguments)


def _projection(index: Index) -> Iterator[tuple[str, Value]]:
    yield "projection_type", index.projection
    if index.projection == "INCLUDE":
        yield "non_key_attributes", list(index.include)


def _most(capacity: Capacity) -> Iterator[Block]:
    """What an on-demand table is held to."""
    most: tuple[tuple[str, Value], ...] = tuple(
        (name, value)
        for name, value in (
            ("max_read_request_units", capacity.most_read),
            ("max_write_request_units", capacity.most_write),
        )
        if value is not None
    )
    if most:
        yield Block("on_demand_throughput", (), most)


def _lifecycle(capacity: Capacity) -> Block:
    """Indexes belong to migrations once the table is there, and provisioned units to auto scaling."""
    ignored = ["attribute", "global_secondary_index"]
    if capacity.read is not None:
        ignored += ["read_capacity", "write_capacity"]
    names = Expression(f"[{', '.join(ignored)}]")
    return Block("lifecycle", (), (("prevent_destroy", True), ("ignore_changes", names)))


def _key(table: Table, label: str) -> Iterator[Block]:
    """Whatever names the key, the resource wants its ARN."""
    if table.settings.encryption not in ("aws-owned", "aws-managed"):
        yield Block("data", ("aws_kms_key", label), (("key_id", table.settings.encryption),))


def _encryption(table: Table, label: str) -> Iterator[Block]:
    key = table.settings.encryption
    arguments: tuple[tuple[str, Value], ...] = (("enabled", key != "aws-owned"),)
    if key not in ("aws-owned", "aws-managed"):
        arguments += (("kms_key_arn", Expression(f"data.aws_kms_key.{label}.arn")),)
    yield Block("server_side_encryption", (), arguments)
