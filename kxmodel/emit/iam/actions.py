"""The IAM actions of each role.

"Actions, resources, and condition keys for Amazon DynamoDB":
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
A transaction is allowed by the actions of what is in it ("Using IAM with DynamoDB transactions").
"""

from __future__ import annotations

from typing import Final


def _dynamodb(*names: str) -> tuple[str, ...]:
    return tuple(f"dynamodb:{name}" for name in sorted(names))


#: What access patterns and `get` send. No Scan: every question of a schema is a Query.
READ: Final = _dynamodb("BatchGetItem", "GetItem", "Query")
WRITE: Final = _dynamodb(
    "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"
)
QUERY: Final = _dynamodb("Query")

#: What `kxmodel migrate`, `verify` and `validate` send to a table; a test compares it with a run.
MIGRATE: Final = _dynamodb(
    "CreateTable",
    "DescribeContinuousBackups",
    "DescribeKinesisStreamingDestination",
    "DescribeTable",
    "DescribeTimeToLive",
    "GetItem",
    "ListTagsOfResource",
    "PartiQLUpdate",
    "Query",
    "Scan",
    "TagResource",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateItem",
    "UpdateTable",
    "UpdateTimeToLive",
)
#: Moving an item to another key: put, delete and check in one transaction.
MOVE: Final = _dynamodb("ConditionCheckItem", "DeleteItem", "PutItem")
#: Whether a table has replicas of the first version of global tables, which its description hides.
REPLICAS: Final = _dynamodb("DescribeGlobalTable")
DROP: Final = _dynamodb("DeleteTable")
INDEXES: Final = _dynamodb("Query", "Scan")

#: The history, its lease and the ledger.
BOOKS: Final = _dynamodb(
    "ConditionCheckItem",
    "CreateTable",
    "DeleteItem",
    "DescribeTable",
    "GetItem",
    "PutItem",
    "Query",
    "UpdateItem",
)
ALARMS: Final = ("cloudwatch:DescribeAlarms",)

#: "DynamoDB encryption at rest: usage notes" and "Authorizing use of your customer managed key":
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
DECRYPT: Final = ("kms:Decrypt",)
USE_KEY: Final = (
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
)
