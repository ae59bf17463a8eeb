"""Auto scaling of provisioned capacity.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.labels import labels, snake
from kxmodel.emit.terraform.hcl import Block, Expression, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.emit.capacity import Capacity
    from kxmodel.ir import Table


def scaling_blocks(table: Table, label: str, capacity: Capacity) -> Iterator[Block]:
    """A target and a policy for reads and for writes, of the table and of each global index.

    None for a table that is billed on demand.
    """
    indexes = labels((i.name for i in table.indexes if not i.local), snake)
    for index, part in ((None, ""), *((name, f"_{part}") for name, part in indexes.items())):
        for kind, scaled in (("read", capacity.read), ("write", capacity.write)):
            if scaled is None:
                continue
            own = f"{label}{part}_{kind}"
            what, path = ("table", "") if index is None else ("index", f"/index/{index}")
            name = Expression(f"aws_dynamodb_table.{label}.name")
            yield Block(
                "resource",
                ("aws_appautoscaling_target", own),
                (
                    ("service_namespace", "dynamodb"),
                    ("resource_id", template("table/", name, path)),
                    ("scalable_dimension", f"dynamodb:{what}:{kind.title()}CapacityUnits"),
                    ("min_capacity", scaled.least),
                    ("max_capacity", scaled.most),
                ),
            )
            yield _policy(own, kind, capacity.aim)


def _policy(own: str, kind: str, aim: int) -> Block:
    target = f"aws_appautoscaling_target.{own}"
    metric = (("predefined_metric_type", f"DynamoDB{kind.title()}CapacityUtilization"),)
    tracking = Block(
        "target_tracking_scaling_policy_configuration",
        (),
        (("target_value", aim),),
        (Block("predefined_metric_specification", (), metric),),
    )
    return Block(
        "resource",
        ("aws_appautoscaling_policy", own),
        (
            ("name", template(Expression("var.prefix"), own)),
            ("policy_type", "TargetTrackingScaling"),
            ("service_namespace", Expression(f"{target}.service_namespace")),
            ("resource_id", Expression(f"{target}.resource_id")),
            ("scalable_dimension", Expression(f"{target}.scalable_dimension")),
        ),
        (tracking,),
    )
