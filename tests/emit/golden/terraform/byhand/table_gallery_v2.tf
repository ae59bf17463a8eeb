# Exported by kxmodel from schemas/gallery.json (codegen 1).
# Do not edit: change the schema, then run `kxmodel export terraform`.

resource "aws_dynamodb_table" "gallery_v2" {
  name                        = "${var.prefix}gallery-v2"
  billing_mode                = "PROVISIONED"
  read_capacity               = 5
  write_capacity              = 2
  hash_key                    = "pk"
  range_key                   = "id"
  stream_enabled              = true
  stream_view_type            = "NEW_IMAGE"
  deletion_protection_enabled = false

  tags = {
    "team" = "art"
  }

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "kind"
    type = "S"
  }

  attribute {
    name = "made"
    type = "S"
  }

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "size"
    type = "N"
  }

  attribute {
    name = "tenant"
    type = "S"
  }

  global_secondary_index {
    name               = "by-size"
    projection_type    = "INCLUDE"
    non_key_attributes = ["title"]
    read_capacity      = 5
    write_capacity     = 2

    key_schema {
      attribute_name = "tenant"
      key_type       = "HASH"
    }

    key_schema {
      attribute_name = "kind"
      key_type       = "HASH"
    }

    key_schema {
      attribute_name = "size"
      key_type       = "RANGE"
    }

    key_schema {
      attribute_name = "made"
      key_type       = "RANGE"
    }
  }

  local_secondary_index {
    name            = "LSI"
    range_key       = "made"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = false
  }

  server_side_encryption {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [attribute, global_secondary_index, read_capacity, write_capacity]
  }
}

resource "aws_appautoscaling_target" "gallery_v2_read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.gallery_v2.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "gallery_v2_read" {
  name               = "${var.prefix}gallery_v2_read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.gallery_v2_read.service_namespace
  resource_id        = aws_appautoscaling_target.gallery_v2_read.resource_id
  scalable_dimension = aws_appautoscaling_target.gallery_v2_read.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "gallery_v2_write" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.gallery_v2.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 2
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "gallery_v2_write" {
  name               = "${var.prefix}gallery_v2_write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.gallery_v2_write.service_namespace
  resource_id        = aws_appautoscaling_target.gallery_v2_write.resource_id
  scalable_dimension = aws_appautoscaling_target.gallery_v2_write.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "gallery_v2_by_size_read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.gallery_v2.name}/index/by-size"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "gallery_v2_by_size_read" {
  name               = "${var.prefix}gallery_v2_by_size_read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.gallery_v2_by_size_read.service_namespace
  resource_id        = aws_appautoscaling_target.gallery_v2_by_size_read.resource_id
  scalable_dimension = aws_appautoscaling_target.gallery_v2_by_size_read.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "gallery_v2_by_size_write" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.gallery_v2.name}/index/by-size"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  min_capacity       = 2
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "gallery_v2_by_size_write" {
  name               = "${var.prefix}gallery_v2_by_size_write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.gallery_v2_by_size_write.service_namespace
  resource_id        = aws_appautoscaling_target.gallery_v2_by_size_write.resource_id
  scalable_dimension = aws_appautoscaling_target.gallery_v2_by_size_write.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_throttled_requests" {
  alarm_name          = "${var.prefix}gallery_v2_throttled_requests"
  alarm_description   = "Requests to gallery-v2 are throttled."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "SUM(FILL(METRICS(), 0))"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "BatchGetItem"
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "BatchWriteItem"
      }
    }
  }

  metric_query {
    id = "m3"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "DeleteItem"
      }
    }
  }

  metric_query {
    id = "m4"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "GetItem"
      }
    }
  }

  metric_query {
    id = "m5"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "PutItem"
      }
    }
  }

  metric_query {
    id = "m6"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "Query"
      }
    }
  }

  metric_query {
    id = "m7"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "Scan"
      }
    }
  }

  metric_query {
    id = "m8"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "TransactGetItems"
      }
    }
  }

  metric_query {
    id = "m9"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "TransactWriteItems"
      }
    }
  }

  metric_query {
    id = "m10"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "UpdateItem"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_system_errors" {
  alarm_name          = "${var.prefix}gallery_v2_system_errors"
  alarm_description   = "DynamoDB answers gallery-v2 with internal errors."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "SUM(FILL(METRICS(), 0))"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "BatchGetItem"
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "BatchWriteItem"
      }
    }
  }

  metric_query {
    id = "m3"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "DeleteItem"
      }
    }
  }

  metric_query {
    id = "m4"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "GetItem"
      }
    }
  }

  metric_query {
    id = "m5"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "PutItem"
      }
    }
  }

  metric_query {
    id = "m6"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "Query"
      }
    }
  }

  metric_query {
    id = "m7"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "Scan"
      }
    }
  }

  metric_query {
    id = "m8"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "TransactGetItems"
      }
    }
  }

  metric_query {
    id = "m9"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "TransactWriteItems"
      }
    }
  }

  metric_query {
    id = "m10"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      period      = 60
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
        Operation = "UpdateItem"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_read_capacity" {
  alarm_name          = "${var.prefix}gallery_v2_read_capacity"
  alarm_description   = "Over 90 percent of the provisioned read capacity of gallery-v2 is used."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "100 * (m1 / PERIOD(m1)) / m2"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedReadCapacityUnits"
      period      = 300
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ProvisionedReadCapacityUnits"
      period      = 300
      stat        = "Average"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_write_capacity" {
  alarm_name          = "${var.prefix}gallery_v2_write_capacity"
  alarm_description   = "Over 90 percent of the provisioned write capacity of gallery-v2 is used."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "100 * (m1 / PERIOD(m1)) / m2"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedWriteCapacityUnits"
      period      = 300
      stat        = "Sum"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ProvisionedWriteCapacityUnits"
      period      = 300
      stat        = "Average"

      dimensions = {
        TableName = aws_dynamodb_table.gallery_v2.name
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_by_size_read_throttle_events" {
  alarm_name          = "${var.prefix}gallery_v2_by_size_read_throttle_events"
  alarm_description   = "Reads of the index by-size of gallery-v2 are throttled."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  namespace           = "AWS/DynamoDB"
  metric_name         = "ReadThrottleEvents"
  period              = 60
  statistic           = "Sum"

  dimensions = {
    TableName                = aws_dynamodb_table.gallery_v2.name
    GlobalSecondaryIndexName = "by-size"
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_by_size_write_throttle_events" {
  alarm_name          = "${var.prefix}gallery_v2_by_size_write_throttle_events"
  alarm_description   = "Writes of the index by-size of gallery-v2 are throttled. That throttles writes to the table as well."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  namespace           = "AWS/DynamoDB"
  metric_name         = "WriteThrottleEvents"
  period              = 60
  statistic           = "Sum"

  dimensions = {
    TableName                = aws_dynamodb_table.gallery_v2.name
    GlobalSecondaryIndexName = "by-size"
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_by_size_read_capacity" {
  alarm_name          = "${var.prefix}gallery_v2_by_size_read_capacity"
  alarm_description   = "Over 90 percent of the provisioned read capacity of the index by-size of gallery-v2 is used."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "100 * (m1 / PERIOD(m1)) / m2"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedReadCapacityUnits"
      period      = 300
      stat        = "Sum"

      dimensions = {
        TableName                = aws_dynamodb_table.gallery_v2.name
        GlobalSecondaryIndexName = "by-size"
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ProvisionedReadCapacityUnits"
      period      = 300
      stat        = "Average"

      dimensions = {
        TableName                = aws_dynamodb_table.gallery_v2.name
        GlobalSecondaryIndexName = "by-size"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "gallery_v2_by_size_write_capacity" {
  alarm_name          = "${var.prefix}gallery_v2_by_size_write_capacity"
  alarm_description   = "Over 90 percent of the provisioned write capacity of the index by-size of gallery-v2 is used."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "e1"
    expression  = "100 * (m1 / PERIOD(m1)) / m2"
    return_data = true
  }

  metric_query {
    id = "m1"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedWriteCapacityUnits"
      period      = 300
      stat        = "Sum"

      dimensions = {
        TableName                = aws_dynamodb_table.gallery_v2.name
        GlobalSecondaryIndexName = "by-size"
      }
    }
  }

  metric_query {
    id = "m2"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ProvisionedWriteCapacityUnits"
      period      = 300
      stat        = "Average"

      dimensions = {
        TableName                = aws_dynamodb_table.gallery_v2.name
        GlobalSecondaryIndexName = "by-size"
      }
    }
  }
}
