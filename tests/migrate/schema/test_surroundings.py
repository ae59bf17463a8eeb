"""What no local engine has: replicas, Kinesis, alarms; from AWS's documentation."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from kxmodel.errors import MigrationError
from kxmodel.migrate.run.preflight import refuse_consumers
from kxmodel.migrate.schema import Control, surroundings
from tests.migrate.clocks import Turned
from tests.migrate.schema.phases import refusal


class Table:
    """One table of a global table, version 2019.11.21: DescribeTable names the other regions.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html
    """

    def __init__(self, **more: Any) -> None:
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


OLD = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


class Legacy(Table):
    """A table of a global table, version 2017.11.29: DescribeTable names no other region.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeGlobalTable.html
    """

    def __init__(self, error: Exception | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.error = error
        self.asked = 0

    def describe_global_table(self, *, GlobalTableName: str) -> Any:
        self.asked += 1
        if self.error:
            raise self.error
        group = {"GlobalTableName": GlobalTableName, "ReplicationGroup": REPLICAS}
        return {"GlobalTableDescription": group}


def test_replicas_of_a_legacy_global_table_are_seen() -> None:
    table = Legacy(StreamSpecification=OLD)
    assert surroundings(control(table), "t").replicas == ("us-east-1",)


def test_a_table_that_cannot_be_one_is_not_asked_about() -> None:
    for more in ({}, {"StreamSpecification": {**OLD, "StreamViewType": "KEYS_ONLY"}}):
        table = Legacy(**more)
        assert surroundings(control(table), "t").replicas == ()
        assert table.asked == 0
    current = Legacy(StreamSpecification=OLD, Replicas=REPLICAS)
    assert surroundings(control(current), "t").replicas == ("us-east-1",)
    assert current.asked == 0


@pytest.mark.parametrize(
    ("code", "unknown"),
    [
        ("GlobalTableNotFoundException", False),
        ("UnknownOperationException", False),
        ("AccessDeniedException", True),
    ],
)
def test_what_is_known_of_a_table_that_may_be_one(code: str, unknown: bool) -> None:
    table = Legacy(refusal(code, "no", "DescribeGlobalTable"), StreamSpecification=OLD)
    found = surroundings(control(table), "t")
    assert found.replicas == ()
    assert ("replicas of version 2017.11.29" in found.unknown) is unknown


def test_a_table_that_may_not_be_described_is_an_error() -> None:
    class Denied(Table):
        def describe_table(self, **_: object) -> Any:
            error = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
            raise ClientError(error, "DescribeTable")  # type: ignore[arg-type]

    with pytest.raises(MigrationError, match="could not describe table t") as raised:
        surroundings(control(Denied()), "t")
    assert raised.value.code == "KX651"
