"""What the provider takes, from its documentation: resource -> argument or block -> block's own.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ and its pages
dynamodb_table, appautoscaling_target, appautoscaling_policy and cloudwatch_metric_alarm, and
docs/data-sources/kms_key. True: an argument; a mapping: a block. ``!`` before a name: required.
"""

from __future__ import annotations

_UNITS = {"max_read_request_units": True, "max_write_request_units": True}
_PROJECTED = {"!name": True, "!projection_type": True, "non_key_attributes": True}
_METRIC = {
    "!metric_name": True,
    "namespace": True,
    "!period": True,
    "!stat": True,
    "unit": True,
    "dimensions": True,
}

ARGUMENTS: dict[str, dict] = {
    "aws_dynamodb_table": {
        "!name": True,
        "!attribute": {"!name": True, "!type": True},
        "!hash_key": True,
        "range_key": True,
        "billing_mode": True,
        "read_capacity": True,
        "write_capacity": True,
        "stream_enabled": True,
        "stream_view_type": True,
        "deletion_protection_enabled": True,
        "tags": True,
        "table_class": True,
        "global_secondary_index": {
            **_PROJECTED,
            "key_schema": {"!attribute_name": True, "!key_type": True},
            "read_capacity": True,
            "write_capacity": True,
            "on_demand_throughput": _UNITS,
        },
        "local_secondary_index": {**_PROJECTED, "!range_key": True},
        "on_demand_throughput": _UNITS,
        "point_in_time_recovery": {"!enabled": True, "recovery_period_in_days": True},
        "server_side_encryption": {"!enabled": True, "kms_key_arn": True},
        "ttl": {"attribute_name": True, "enabled": True},
        "lifecycle": {"prevent_destroy": True, "ignore_changes": True},
    },
    "aws_appautoscaling_target": {
        "!service_namespace": True,
        "!resource_id": True,
        "!scalable_dimension": True,
        "!min_capacity": True,
        "!max_capacity": True,
        "role_arn": True,
    },
    "aws_appautoscaling_policy": {
        "!name": True,
        "policy_type": True,
        "!service_namespace": True,
        "!resource_id": True,
        "!scalable_dimension": True,
        "target_tracking_scaling_policy_configuration": {
            "!target_value": True,
            "disable_scale_in": True,
            "predefined_metric_specification": {"!predefined_metric_type": True},
        },
    },
    "aws_cloudwatch_metric_alarm": {
        "!alarm_name": True,
        "!comparison_operator": True,
        "!evaluation_periods": True,
        "alarm_description": True,
        "metric_name": True,
        "namespace": True,
        "period": True,
        "statistic": True,
        "threshold": True,
        "datapoints_to_alarm": True,
        "dimensions": True,
        "treat_missing_data": True,
        "alarm_actions": True,
        "ok_actions": True,
        "metric_query": {
            "!id": True,
            "expression": True,
            "label": True,
            "return_data": True,
            "metric": _METRIC,
        },
    },
    "aws_kms_key": {"!key_id": True},
}
