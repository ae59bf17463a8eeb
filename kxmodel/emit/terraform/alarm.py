"""An alarm as ``aws_cloudwatch_metric_alarm``.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kxmodel.emit.alarms import alarms_of
from kxmodel.emit.labels import labels, snake
from kxmodel.emit.terraform.hcl import Block, Expression, Object, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.emit.alarms import Alarm, Metric
    from kxmodel.emit.capacity import Capacity
    from kxmodel.emit.terraform.hcl import Value
    from kxmodel.ir import Table


def alarm_blocks(table: Table, label: str, capacity: Capacity) -> Iterator[Block]:
    """The alarms of a table. label: the table's resource."""
    parts = labels((index.name for index in table.indexes), snake)
    for alarm in alarms_of(table, capacity):
        part = "" if alarm.index is None else f"_{parts[alarm.index]}"
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", alarm.name).lower()
        yield _alarm(alarm, label, f"{label}{part}_{words}")


def _alarm(alarm: Alarm, label: str, own: str) -> Block:
    actions = Expression("local.alarm_actions")
    arguments: list[tuple[str, Value]] = [
        ("alarm_name", template(Expression("var.prefix"), own)),
        ("alarm_description", alarm.meaning),
        ("comparison_operator", "GreaterThanThreshold"),
        ("threshold", alarm.threshold),
        ("evaluation_periods", alarm.periods),
        ("datapoints_to_alarm", alarm.datapoints),
        ("treat_missing_data", "notBreaching"),
        ("alarm_actions", actions),
        ("ok_actions", actions),
    ]
    queries: tuple[Block, ...] = ()
    if alarm.expression:
        queries = tuple(_queries(alarm, label))
    else:
        (metric,) = alarm.metrics
        arguments += _metric(metric, label, alarm.period, "statistic")
    return Block("resource", ("aws_cloudwatch_metric_alarm", own), tuple(arguments), queries)


def _queries(alarm: Alarm, label: str) -> Iterator[Block]:
    result = (("id", "e1"), ("expression", alarm.expression), ("return_data", True))
    yield Block("metric_query", (), result)
    for number, metric in enumerate(alarm.metrics, 1):
        measured = Block("metric", (), tuple(_metric(metric, label, alarm.period, "stat")))
        yield Block("metric_query", (), (("id", f"m{number}"),), (measured,))


def _metric(metric: Metric, label: str, period: int, statistic: str) -> Iterator[tuple[str, Value]]:
    table = Expression(f"aws_dynamodb_table.{label}.name")
    yield "namespace", "AWS/DynamoDB"
    yield "metric_name", metric.name
    yield "period", period
    yield statistic, metric.statistic
    dimensions = metric.dimensions(label)
    yield (
        "dimensions",
        Object(tuple((name, table if name == "TableName" else v) for name, v in dimensions)),
    )
