"""Auto scaling of provisioned capacity.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.labels import camel, labels

if TYPE_CHECKING:
    from kxmodel.emit.capacity import Capacity, Scaled
    from kxmodel.emit.cloudformation.table import Json
    from kxmodel.ir import Table


def scaling_resources(table: Table, label: str, capacity: Capacity) -> dict[str, Json]:
    """Logical id -> resource: a target and a policy for reads and for writes, of the table and of each
    global index. None for a table that is billed on demand. label: the table's logical id."""
    found: dict[str, Json] = {}
    indexes = labels((i.name for i in table.indexes if not i.local), camel)
    for index, part in ((None, ""), *indexes.items()):
        for kind, scaled in (("Read", capacity.read), ("Write", capacity.write)):
            if scaled is not None:
                name = f"{label}{part}{kind}Scaling"
                found[f"{name}Target"] = _target(label, index, kind, scaled)
                found[f"{name}Policy"] = _policy(f"{name}Target", kind, capacity.aim)
    return found


def _target(label: str, index: str | None, kind: str, scaled: Scaled) -> Json:
    what, path = ("table", "") if index is None else ("index", f"/index/{index}")
    return {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "ServiceNamespace": "dynamodb",
            "ResourceId": {"Fn::Sub": f"table/${{{label}}}{path}"},
            "ScalableDimension": f"dynamodb:{what}:{kind}CapacityUnits",
            "MinCapacity": scaled.least,
            "MaxCapacity": scaled.most,
        },
    }


def _policy(target: str, kind: str, aim: int) -> Json:
    return {
        "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
        "Properties": {
            "PolicyName": {"Fn::Sub": f"${{AWS::StackName}}-{target}"},
            "PolicyType": "TargetTrackingScaling",
            "ScalingTargetId": {"Ref": target},
            "TargetTrackingScalingPolicyConfiguration": {
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": f"DynamoDB{kind}CapacityUtilization"
                },
                "TargetValue": aim,
            },
        },
    }
