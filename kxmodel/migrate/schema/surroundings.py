"""What stands around a table and feels a mass update: streams, replicas, expiry, alarms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kxmodel.errors import EngineCannot, MigrationError
from kxmodel.migrate.schema.control import code_of
from kxmodel.migrate.schema.settings import time_to_live
from kxmodel.migrate.schema.waiting import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control


@dataclass(frozen=True)
class Surroundings:
    """One table and what depends on it.

    items, bytes: as DynamoDB last counted them, which it does about every six hours.
    stream: its view, where enabled. kinesis: the streams it is copied to. replicas: the regions of
    its other copies. ttl: the attribute by which items expire. alarms: those of CloudWatch on the
    table; None where they could not be asked for. unknown: what the endpoint could not tell.
    indexes: the names of its global indexes, each with whether it projects ALL.
    """

    table: str
    exists: bool
    items: int = 0
    bytes: int = 0
    on_demand: bool = True
    read_capacity: int = 0
    write_capacity: int = 0
    indexes: tuple[str, ...] = ()
    stream: str | None = None
    kinesis: tuple[str, ...] = ()
    replicas: tuple[str, ...] = ()
    ttl: str | None = None
    alarms: tuple[str, ...] | None = None
    protected: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def consumers(self) -> bool:
        """Whether something is told of every write."""
        return self.stream is not None or bool(self.kinesis)

    def lines(self) -> Iterator[str]:
        """What there is to know before a mass update, a sentence each."""
        if self.stream is not None:
            yield f"{self.table} has a stream ({self.stream}): its readers will see every update"
        for name in self.kinesis:
            yield f"{self.table} is copied to the Kinesis stream {name}"
        if self.replicas:
            yield f"{self.table} has replicas in {', '.join(self.replicas)}: the last writer wins"
        if self.ttl is not None:
            yield f"{self.table} lets items expire by {self.ttl}"
        for name in self.alarms or ():
            yield f"{self.table} has the alarm {name}"
        for name in self.unknown:
            yield f"{self.table}: this endpoint could not tell its {name}"


def surroundings(control: Control, table: str, cloudwatch: Any | None = None) -> Surroundings:
    """What is around a table. cloudwatch: a botocore client, to ask for alarms; None: do not ask.

    What may not be asked, or is unknown to the endpoint, stands in `unknown`. Raises MigrationError
    KX651 where the table itself cannot be described.
    """
    found = describe(control, table)
    if found is None:
        return Surroundings(table, exists=False)
    unknown: list[str] = []
    ttl = kinesis = alarms = replicas = None
    try:
        name, status = time_to_live(control, table)
        ttl = name if status in ("ENABLED", "ENABLING") else None
    except (EngineCannot, MigrationError):
        unknown.append("time to live")
    try:
        kinesis = _kinesis(control, table)
    except EngineCannot:  # an engine without the operation has no such streams either
        kinesis = ()
    except MigrationError:
        unknown.append("Kinesis streams")
    try:
        replicas = _replicas(found) or _old_replicas(control, table, found)
    except EngineCannot:
        replicas = ()
    except MigrationError:
        unknown.append("replicas of version 2017.11.29")
    if cloudwatch is not None:
        alarms = _alarms(cloudwatch, table)
        if alarms is None:
            unknown.append("alarms")
    stream = found.get("StreamSpecification", {})
    throughput = found.get("ProvisionedThroughput", {})
    read, write = (int(throughput.get(n) or 0) for n in ("ReadCapacityUnits", "WriteCapacityUnits"))
    mode = found.get("BillingModeSummary", {}).get("BillingMode")
    return Surroundings(
        table,
        exists=True,
        items=int(found.get("ItemCount") or 0),
        bytes=int(found.get("TableSizeBytes") or 0),
        on_demand=mode == "PAY_PER_REQUEST" or (mode is None and not (read and write)),
        read_capacity=read,
        write_capacity=write,
        indexes=tuple(i["IndexName"] for i in found.get("GlobalSecondaryIndexes", ())),
        stream=stream.get("StreamViewType") if stream.get("StreamEnabled") else None,
        kinesis=kinesis or (),
        replicas=replicas or (),
        ttl=ttl,
        alarms=alarms,
        protected=bool(found.get("DeletionProtectionEnabled")),
        unknown=tuple(unknown),
    )


def _replicas(description: Response) -> tuple[str, ...]:
    """The other regions of a global table, of the current version (2019.11.21)."""
    return _others(description, description.get("Replicas", ()))


def _old_replicas(control: Control, table: str, description: Response) -> tuple[str, ...]:
    """The other regions of a global table of the legacy version (2017.11.29), which its own description
    does not name. Such a table has a stream of both images, so that no other one is asked about.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.DetermineVersion.html
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateGlobalTable.html
    """
    stream = description.get("StreamSpecification", {})
    if not stream.get("StreamEnabled") or stream.get("StreamViewType") != "NEW_AND_OLD_IMAGES":
        return ()

    def ask() -> Response:
        try:
            return control.client.describe_global_table(GlobalTableName=table)
        except Exception as error:
            if code_of(error) in ("GlobalTableNotFoundException", "ResourceNotFoundException"):
                return {}
            raise

    found = control.send(ask, f"describe the global table {table}")
    group = found.get("GlobalTableDescription", {}).get("ReplicationGroup", ())
    return _others(description, group)


def _others(description: Response, replicas: Iterable[Response]) -> tuple[str, ...]:
    arn = str(description.get("TableArn", "")).split(":")
    own = arn[3] if len(arn) > 3 else ""
    regions = (str(each.get("RegionName", "?")) for each in replicas)
    return tuple(sorted(region for region in regions if region != own))


def _kinesis(control: Control, table: str) -> tuple[str, ...]:
    found = control.send(
        lambda: control.client.describe_kinesis_streaming_destination(TableName=table),
        f"describe the Kinesis streams of {table}",
    )
    return tuple(
        str(each.get("StreamArn", "")).rpartition("/")[2]
        for each in found.get("KinesisDataStreamDestinations", ())
        if each.get("DestinationStatus") in ("ACTIVE", "ENABLING", "UPDATING")
    )


def _alarms(cloudwatch: Any, table: str) -> tuple[str, ...] | None:
    """The alarms with this table among their dimensions; None where they may not be listed."""
    names: list[str] = []
    try:
        for page in cloudwatch.get_paginator("describe_alarms").paginate(
            AlarmTypes=["MetricAlarm"]
        ):
            names += (
                alarm["AlarmName"]
                for alarm in page.get("MetricAlarms", ())
                if alarm.get("Namespace") == "AWS/DynamoDB"
                and {"Name": "TableName", "Value": table} in alarm.get("Dimensions", ())
            )
    except Exception as error:
        if code_of(error):
            return None
        raise
    return tuple(names)
