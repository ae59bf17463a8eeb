"""The CloudWatch alarms of a table, apart from the tool that sets them up.

"DynamoDB metrics and dimensions":
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.emit.capacity import Capacity
    from kxmodel.ir import Table

#: What models send. ThrottledRequests and SystemErrors are counted for each by itself, and one alarm
#: takes at most ten metrics ("Using metric math", CloudWatch's user guide).
OPERATIONS: Final = (
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
)

#: Percent of the capacity in use from which it is nearly used up; auto scaling aims lower.
_NEARLY: Final = 90
_CAPACITY_PERIOD: Final = 300


@dataclass(frozen=True)
class Metric:
    """One metric of a table, of one of its indexes, or of one operation on it."""

    name: str
    statistic: Literal["Sum", "Average"]
    index: str | None = None
    operation: str | None = None

    def dimensions(self, table: str) -> tuple[tuple[str, str], ...]:
        """(name, value), where `table` stands for the table's name."""
        found = [("TableName", table)]
        if self.index is not None:
            found.append(("GlobalSecondaryIndexName", self.index))
        if self.operation is not None:
            found.append(("Operation", self.operation))
        return tuple(found)


@dataclass(frozen=True)
class Alarm:
    """An alarm on values above `threshold`; where nothing is measured, nothing is wrong.

    expression: metric math over ``m1``, ``m2``...; empty: the one metric as it is. period: seconds.
    It goes off when `datapoints` of the last `periods` periods are above.
    """

    name: str
    meaning: str
    metrics: tuple[Metric, ...]
    threshold: int
    expression: str = ""
    index: str | None = None
    period: int = 60
    periods: int = 5
    datapoints: int = 3


def alarms_of(table: Table, capacity: Capacity) -> tuple[Alarm, ...]:
    """The alarms of a table and of its global indexes, in a fixed order.

    A single throttled request or system error is retried by the SDK and nobody's concern: those
    alarms go off when it happens in three of five minutes.
    """
    found = [
        _of_operations("ThrottledRequests", f"Requests to {table.name} are throttled."),
        _of_operations("SystemErrors", f"DynamoDB answers {table.name} with internal errors."),
        *_capacity(table.name, capacity, None),
    ]
    for index in table.indexes:
        if not index.local:
            where = f"the index {index.name} of {table.name}"
            for kind in ("Read", "Write"):
                metric = Metric(f"{kind}ThrottleEvents", "Sum", index.name)
                meaning = f"{kind}s of {where} are throttled."
                if kind == "Write":
                    meaning += " That throttles writes to the table as well."
                found.append(Alarm(metric.name, meaning, (metric,), 0, index=index.name))
            found.extend(_capacity(where, capacity, index.name))
    return tuple(found)


def _of_operations(name: str, meaning: str) -> Alarm:
    metrics = tuple(Metric(name, "Sum", operation=each) for each in OPERATIONS)
    return Alarm(name, meaning, metrics, 0, "SUM(FILL(METRICS(), 0))")


def _capacity(where: str, capacity: Capacity, index: str | None) -> Iterator[Alarm]:
    """Consumed against provisioned units, or against what an on-demand table is held to."""
    for kind, scaled, most in (
        ("Read", capacity.read, capacity.most_read),
        ("Write", capacity.write, capacity.most_write),
    ):
        consumed = Metric(f"Consumed{kind}CapacityUnits", "Sum", index)
        if scaled is not None:
            yield Alarm(
                f"{kind}Capacity",
                f"Over {_NEARLY} percent of the provisioned {kind.lower()} capacity of {where} is used.",
                (consumed, Metric(f"Provisioned{kind}CapacityUnits", "Average", index)),
                _NEARLY,
                "100 * (m1 / PERIOD(m1)) / m2",
                index,
                _CAPACITY_PERIOD,
                periods=3,
            )
        elif most is not None:
            yield Alarm(
                f"{kind}Capacity",
                f"Over {_NEARLY} percent of the {most} {kind.lower()} units a second that {where} is "
                "held to are used.",
                (consumed,),
                _NEARLY * most * _CAPACITY_PERIOD // 100,
                index=index,
                period=_CAPACITY_PERIOD,
                periods=3,
            )
