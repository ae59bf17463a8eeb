# Exported by kxmodel from schemas/shop.json (codegen 1).
# Do not edit: change the schema, then run `kxmodel export terraform`.

resource "aws_dynamodb_table" "shop" {
  name                        = "${var.prefix}shop"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "PK"
  range_key                   = "SK"
  deletion_protection_enabled = false

  tags = {
    "example" = "shop"
  }

  attribute {
    name = "GSI2PK"
    type = "S"
  }

  attribute {
    name = "GSI2SK"
    type = "S"
  }

  attribute {
    name = "GSI3PK"
    type = "S"
  }

  attribute {
    name = "GSI3SK"
    type = "N"
  }

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  attribute {
    name = "total"
    type = "N"
  }

  local_secondary_index {
    name            = "LSI1"
    range_key       = "total"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "GSI1"
    projection_type = "ALL"

    key_schema {
      attribute_name = "SK"
      key_type       = "HASH"
    }

    key_schema {
      attribute_name = "PK"
      key_type       = "RANGE"
    }
  }

  global_secondary_index {
    name            = "GSI2"
    projection_type = "ALL"

    key_schema {
      attribute_name = "GSI2PK"
      key_type       = "HASH"
    }

    key_schema {
      attribute_name = "GSI2SK"
      key_type       = "RANGE"
    }
  }

  global_secondary_index {
    name            = "GSI3"
    projection_type = "ALL"

    key_schema {
      attribute_name = "GSI3PK"
      key_type       = "HASH"
    }

    key_schema {
      attribute_name = "GSI3SK"
      key_type       = "RANGE"
    }
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [attribute, global_secondary_index]
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_throttled_requests" {
  alarm_name          = "${var.prefix}shop_throttled_requests"
  alarm_description   = "Requests to shop are throttled."
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
        Operation = "UpdateItem"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_system_errors" {
  alarm_name          = "${var.prefix}shop_system_errors"
  alarm_description   = "DynamoDB answers shop with internal errors."
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
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
        TableName = aws_dynamodb_table.shop.name
        Operation = "UpdateItem"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi1_read_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi1_read_throttle_events"
  alarm_description   = "Reads of the index GSI1 of shop are throttled."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI1"
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi1_write_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi1_write_throttle_events"
  alarm_description   = "Writes of the index GSI1 of shop are throttled. That throttles writes to the table as well."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI1"
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi2_read_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi2_read_throttle_events"
  alarm_description   = "Reads of the index GSI2 of shop are throttled."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI2"
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi2_write_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi2_write_throttle_events"
  alarm_description   = "Writes of the index GSI2 of shop are throttled. That throttles writes to the table as well."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI2"
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi3_read_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi3_read_throttle_events"
  alarm_description   = "Reads of the index GSI3 of shop are throttled."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI3"
  }
}

resource "aws_cloudwatch_metric_alarm" "shop_gsi3_write_throttle_events" {
  alarm_name          = "${var.prefix}shop_gsi3_write_throttle_events"
  alarm_description   = "Writes of the index GSI3 of shop are throttled. That throttles writes to the table as well."
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
    TableName                = aws_dynamodb_table.shop.name
    GlobalSecondaryIndexName = "GSI3"
  }
}
