"""A table as ``AWS::DynamoDB::Table``.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kxmodel.emit.capacity import Capacity
    from kxmodel.ir import Index, KeyAttribute, Table

#: A piece of a template.
Json: TypeAlias = "dict[str, object]"


def table_resource(table: Table, capacity: Capacity) -> Json:
    """The resource. It outlives its stack: whoever wants it gone deletes it by hand."""
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {**_keys(table, capacity), **_throughput(capacity), **_settings(table)},
    }


def _keys(table: Table, capacity: Capacity) -> Json:
    keys = [*table.keys, *(each for index in table.indexes for each in index.attributes)]
    types = {each.name: each.type for each in keys}
    found: Json = {
        "TableName": {"Fn::Sub": f"${{Prefix}}{table.name}"},
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": types[name]} for name in sorted(types)
        ],
        "KeySchema": _schema((table.hash,), table.keys[1:]),
    }
    everywhere = [_index(each, capacity) for each in table.indexes if not each.local]
    local = [_index(each, None) for each in table.indexes if each.local]
    if everywhere:
        found["GlobalSecondaryIndexes"] = everywhere
    if local:
        found["LocalSecondaryIndexes"] = local
    return found


def _schema(hashes: tuple[KeyAttribute, ...], ranges: tuple[KeyAttribute, ...]) -> list[Json]:
    """HASH before RANGE, of each as many as the index has."""
    return [
        {"AttributeName": each.name, "KeyType": kind}
        for kind, attributes in (("HASH", hashes), ("RANGE", ranges))
        for each in attributes
    ]


def _index(index: Index, capacity: Capacity | None) -> Json:
    projection: Json = {"ProjectionType": index.projection}
    if index.projection == "INCLUDE":
        projection["NonKeyAttributes"] = list(index.include)
    found: Json = {
        "IndexName": index.name,
        "KeySchema": _schema(index.hash, index.range),
        "Projection": projection,
    }
    units = {} if capacity is None else _throughput(capacity)
    return found | {name: value for name, value in units.items() if name != "BillingMode"}


def _throughput(capacity: Capacity) -> Json:
    if capacity.read is not None and capacity.write is not None:
        units = {
            "ReadCapacityUnits": capacity.read.least,
            "WriteCapacityUnits": capacity.write.least,
        }
        return {"BillingMode": "PROVISIONED", "ProvisionedThroughput": units}
    most = {
        name: value
        for name, value in (
            ("MaxReadRequestUnits", capacity.most_read),
            ("MaxWriteRequestUnits", capacity.most_write),
        )
        if value is not None
    }
    return {"BillingMode": "PAY_PER_REQUEST", **({"OnDemandThroughput": most} if most else {})}


def _settings(table: Table) -> Json:
    settings = table.settings
    found: Json = {
        "DeletionProtectionEnabled": settings.deletion_protection,
        "PointInTimeRecoverySpecification": {
            "PointInTimeRecoveryEnabled": settings.point_in_time_recovery
        },
        "SSESpecification": _encryption(settings.encryption),
    }
    if settings.stream is not None:
        found["StreamSpecification"] = {"StreamViewType": settings.stream}
    if settings.ttl is not None:
        found["TimeToLiveSpecification"] = {"AttributeName": settings.ttl, "Enabled": True}
    if settings.tags:
        found["Tags"] = [{"Key": k, "Value": v} for k, v in sorted(settings.tags.items())]
    return found


def _encryption(key: str) -> Json:
    if key == "aws-owned":
        return {"SSEEnabled": False}
    own = {} if key == "aws-managed" else {"KMSMasterKeyId": key}
    return {"SSEEnabled": True, "SSEType": "KMS", **own}
