"""What no local engine has: replicas, Kinesis, alarms, KMS, tags; from AWS's documentation."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from kxmodel.errors import MigrationError
from kxmodel.migrate.run.preflight import refuse_consumers
from kxmodel.migrate.schema import (
    Control,
    set_capacity,
    set_encryption,
    set_tags,
    surroundings,
)
from tests.migrate.clocks import Turned
from tests.migrate.schema.phases import refusal


class Table:
    """One table of a global table, version 2019.11.21: DescribeTable names the other regions.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
    """

    def __init__(self, **more: Any) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.tags = {"team": "a", "old": "x", "aws:cloudformation:stack-name": "s"}
        self.description: dict[str, Any] = {
            "TableName": "t",
            "TableArn": "arn:aws:dynamodb:eu-west-1:1:table/t",
            "TableStatus": "ACTIVE",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "ItemCount": 10**9,
            "TableSizeBytes": 10**12,
            "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
            "GlobalSecondaryIndexes": [{"IndexName": "GSI1", "IndexStatus": "ACTIVE"}],
            **more,
        }

    def describe_table(self, **_: object) -> Any:
        return {"Table": self.description}

    def describe_time_to_live(self, **_: object) -> Any:
        raise refusal("AccessDeniedException", "no", "DescribeTimeToLive")

    def describe_kinesis_streaming_destination(self, **_: object) -> Any:
        arn = "arn:aws:kinesis:eu-west-1:1:stream/copy"
        return {
            "KinesisDataStreamDestinations": [
                {"StreamArn": arn, "DestinationStatus": "ACTIVE"},
                {"StreamArn": arn + "2", "DestinationStatus": "DISABLED"},
            ]
        }

    def update_table(self, **request: Any) -> Any:
        self.sent.append(("update_table", request))
        return {}

    def list_tags_of_resource(self, **request: Any) -> Any:
        names = sorted(self.tags)
        page = names[1:] if request.get("NextToken") else names[:1]
        told = {"Tags": [{"Key": name, "Value": self.tags[name]} for name in page]}
        return told if request.get("NextToken") else {**told, "NextToken": "n"}

    def tag_resource(self, **request: Any) -> Any:
        self.sent.append(("tag", request))
        return {}

    def untag_resource(self, **request: Any) -> Any:
        self.sent.append(("untag", request))
        return {}


class CloudWatch:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def get_paginator(self, name: str) -> CloudWatch:
        assert name == "describe_alarms"
        return self

    def paginate(self, **_: object) -> Any:
        if self.error:
            raise self.error
        for table, namespace in (("t", "AWS/DynamoDB"), ("u", "AWS/DynamoDB"), ("t", "own")):
            dimensions = [{"Name": "TableName", "Value": table}]
            alarm = {"AlarmName": f"{table} {namespace}", "Namespace": namespace}
            yield {"MetricAlarms": [{**alarm, "Dimensions": dimensions}]}


def control(table: Table) -> Control:
    return Control(table, Turned())  # type: ignore[arg-type]  # what is used of it


REPLICAS = [{"RegionName": "eu-west-1"}, {"RegionName": "us-east-1"}]


def test_everything_around_a_table_is_seen() -> None:
    found = surroundings(control(Table(Replicas=REPLICAS)), "t", CloudWatch())
    assert (found.items, found.bytes, found.on_demand) == (10**9, 10**12, True)
    assert found.replicas == ("us-east-1",)
    assert found.kinesis == ("copy",)
    assert found.alarms == ("t AWS/DynamoDB",)
    assert found.unknown == ("time to live",)
    told = "\n".join(found.lines())
    assert "replicas in us-east-1" in told
    assert "Kinesis stream copy" in told
    assert "could not tell its time to live" in told


def test_alarms_that_may_not_be_listed_are_unknown() -> None:
    denied = refusal("AccessDenied", "no", "DescribeAlarms")
    found = surroundings(control(Table()), "t", CloudWatch(denied))
    assert found.alarms is None
    assert "alarms" in found.unknown


def test_replicas_and_kinesis_are_refused_until_they_are_accepted() -> None:
    around = [surroundings(control(Table(Replicas=REPLICAS)), "t")]
    with pytest.raises(MigrationError) as raised:
        refuse_consumers(around, accept_stream_events=False, single_writer_region=True)
    assert "--accept-stream-events" in (raised.value.fix or "")
    with pytest.raises(MigrationError) as raised:
        refuse_consumers(around, accept_stream_events=True, single_writer_region=False)
    assert "--single-writer-region" in (raised.value.fix or "")
    refuse_consumers(around, accept_stream_events=True, single_writer_region=True)


def test_capacity_is_provisioned_for_the_indexes_too() -> None:
    table = Table()
    assert set_capacity(control(table), "t", 5, 6)
    ((_, sent),) = table.sent
    units = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}
    assert sent["ProvisionedThroughput"] == units
    assert sent["GlobalSecondaryIndexUpdates"][0]["Update"]["ProvisionedThroughput"] == units
    assert not set_capacity(control(Table()), "t", None, None)
    provisioned = Table(BillingModeSummary={}, ProvisionedThroughput=units)
    assert not set_capacity(control(provisioned), "t", 5, 6)
    assert set_capacity(control(provisioned), "t", None, None)
    assert provisioned.sent[0][1]["BillingMode"] == "PAY_PER_REQUEST"


def test_encryption_is_changed_only_where_it_is_another() -> None:
    table = Table()
    assert not set_encryption(control(table), "t", "aws-owned")
    assert set_encryption(control(table), "t", "aws-managed")
    assert table.sent[0][1]["SSESpecification"] == {"Enabled": True, "SSEType": "KMS"}
    own = Table(SSEDescription={"Status": "ENABLED", "KMSMasterKeyArn": "arn:k"})
    assert not set_encryption(control(own), "t", "arn:k")
    assert set_encryption(control(own), "t", "aws-owned")


def test_tags_are_these_and_no_others_but_awss_own() -> None:
    table = Table()
    assert set_tags(control(table), "t", {"team": "b", "stage": "x"})
    (untag, tag) = table.sent
    assert untag[1]["TagKeys"] == ["old"]
    assert tag[1]["Tags"] == [{"Key": "stage", "Value": "x"}, {"Key": "team", "Value": "b"}]
    table = Table()
    assert not set_tags(control(table), "t", {"team": "a", "old": "x"})


def test_a_table_that_may_not_be_described_is_an_error() -> None:
    class Denied(Table):
        def describe_table(self, **_: object) -> Any:
            error = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
            raise ClientError(error, "DescribeTable")  # type: ignore[arg-type]

    with pytest.raises(MigrationError, match="could not describe table t") as raised:
        surroundings(control(Denied()), "t")
    assert raised.value.code == "KX651"
