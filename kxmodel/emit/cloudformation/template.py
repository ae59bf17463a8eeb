"""The template as a whole: parameters, resources, outputs, and what CloudFormation limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.capacity import capacity_of
from kxmodel.emit.cloudformation.alarm import HAS_TOPIC, alarm_resources
from kxmodel.emit.cloudformation.scaling import scaling_resources
from kxmodel.emit.cloudformation.table import table_resource
from kxmodel.emit.files import path
from kxmodel.emit.jsontext import dump
from kxmodel.emit.labels import camel, check_names, labels
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.cloudformation.table import Json
    from kxmodel.emit.emitter import Given
    from kxmodel.emit.files import Files
    from kxmodel.ir import Table

#: "CloudFormation quotas":
#: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
_MOST_RESOURCES: Final = 500
_MOST_OUTPUTS: Final = 200
_MOST_BYTES: Final = 1_000_000
_LONGEST_NAME: Final = 255

_MIGRATIONS: Final = (
    "This stack creates the tables of a new environment; `kxmodel migrate --assume-applied` then "
    "records the migrations as applied. Later changes of keys and indexes are made by migrations, one "
    "index at a time and after its backfill, and never by a stack update. After such a change, take "
    "the table out of the stack (its DeletionPolicy keeps it) and import it with the new template."
)


def emit(tables: Sequence[Table], given: Given) -> Files:
    """``template.json``. Raises ExportError: KX701, and KX703 for what CloudFormation does not take."""
    tables = sorted(tables, key=lambda table: table.name)
    for table in tables:
        check_names(table)
    ids = {name: f"{text}Table" for name, text in labels((t.name for t in tables), camel).items()}
    resources: dict[str, Json] = {}
    for table in tables:
        label, capacity = ids[table.name], capacity_of(table, given)
        made = {
            label: table_resource(table, capacity),
            **scaling_resources(table, label, capacity),
            **alarm_resources(table, label, capacity),
        }
        if clash := sorted(made.keys() & resources.keys()):
            raise ExportError(f"two resources would be called {clash[0]}", code="KX703")
        resources |= made
    outputs = {
        name: output for table in tables for name, output in _outputs(table, ids[table.name])
    }
    _limit("resources", len(resources), _MOST_RESOURCES)
    _limit("outputs", len(outputs), _MOST_OUTPUTS)
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "DynamoDB tables with their indexes, auto scaling and alarms.",
        "Metadata": {"kxmodel": {"Migrations": _MIGRATIONS}},
        "Parameters": _parameters(tables),
        "Conditions": {HAS_TOPIC: {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmTopicArn"}, ""]}]}},
        "Resources": resources,
        "Outputs": outputs,
    }
    text = dump(template, "the template")
    _limit("bytes", len(text.encode()), _MOST_BYTES)
    return {path("template.json"): text}


def _parameters(tables: Sequence[Table]) -> Json:
    room = _LONGEST_NAME - max((len(table.name) for table in tables), default=0)
    return {
        "Prefix": {
            "Type": "String",
            "Default": "",
            "AllowedPattern": f"[a-zA-Z0-9_.-]{{0,{room}}}",
            "Description": "What the tables' names begin with, one for each environment.",
        },
        "AlarmTopicArn": {
            "Type": "String",
            "Default": "",
            "AllowedPattern": "|arn:[^:]+:sns:[^:]+:[0-9]+:.+",
            "Description": "The SNS topic that alarms are sent to; empty for none.",
        },
    }


def _outputs(table: Table, label: str) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = [
        (f"{label}Name", {"Description": "Name of the table.", "Value": {"Ref": label}}),
        (
            f"{label}Arn",
            {"Description": "ARN of the table.", "Value": {"Fn::GetAtt": [label, "Arn"]}},
        ),
    ]
    if table.settings.stream is not None:
        stream = {"Fn::GetAtt": [label, "StreamArn"]}
        found.append(
            (f"{label}StreamArn", {"Description": "ARN of the table's stream.", "Value": stream})
        )
    return found


def _limit(what: str, number: int, most: int) -> None:
    if number > most:
        raise ExportError(
            f"the template has {number:,} {what}, and CloudFormation takes {most:,}",
            code="KX703",
            fix="Export fewer tables at a time with --table.",
        )
