"""An alarm as ``AWS::CloudWatch::Alarm``.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.alarms import alarms_of
from kxmodel.emit.labels import camel, labels

if TYPE_CHECKING:
    from kxmodel.emit.alarms import Alarm, Metric
    from kxmodel.emit.capacity import Capacity
    from kxmodel.emit.cloudformation.table import Json
    from kxmodel.ir import Table

#: The condition that a topic for alarms is given.
HAS_TOPIC: Final = "HasAlarmTopic"


def alarm_resources(table: Table, label: str, capacity: Capacity) -> dict[str, Json]:
    """Logical id -> alarm. label: the table's logical id."""
    parts = labels((index.name for index in table.indexes), camel)
    return {
        f"{label}{'' if alarm.index is None else parts[alarm.index]}{alarm.name}Alarm": _alarm(
            alarm, label
        )
        for alarm in alarms_of(table, capacity)
    }


def _alarm(alarm: Alarm, label: str) -> Json:
    topic = {"Fn::If": [HAS_TOPIC, [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]}
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": alarm.meaning,
            **_measured(alarm, label),
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": alarm.threshold,
            "EvaluationPeriods": alarm.periods,
            "DatapointsToAlarm": alarm.datapoints,
            "TreatMissingData": "notBreaching",
            "AlarmActions": topic,
            "OKActions": topic,
        },
    }


def _measured(alarm: Alarm, label: str) -> Json:
    if not alarm.expression:
        (metric,) = alarm.metrics
        return {**_metric(metric, label), "Statistic": metric.statistic, "Period": alarm.period}
    queries: list[Json] = [
        {
            "Id": f"m{number}",
            "MetricStat": {
                "Metric": _metric(metric, label),
                "Period": alarm.period,
                "Stat": metric.statistic,
            },
            "ReturnData": False,
        }
        for number, metric in enumerate(alarm.metrics, 1)
    ]
    queries.append({"Id": "e1", "Expression": alarm.expression, "ReturnData": True})
    return {"Metrics": queries}


def _metric(metric: Metric, label: str) -> Json:
    return {
        "Namespace": "AWS/DynamoDB",
        "MetricName": metric.name,
        "Dimensions": [
            {"Name": name, "Value": {"Ref": label} if name == "TableName" else value}
            for name, value in metric.dimensions(label)
        ],
    }
