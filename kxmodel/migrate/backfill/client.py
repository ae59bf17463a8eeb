"""What the engine asks of a DynamoDB client: botocore's methods, by their own names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

#: The answer of a request, as botocore's parser makes it.
Answer: TypeAlias = Mapping[str, Any]


class DynamoClient(Protocol):
    """A botocore or boto3 low-level client; anything else with these methods will do.

    Every method raises botocore's ClientError, and its other errors where no answer came. The client
    should not retry writes itself: a second attempt under way is one that the engine knows nothing of.
    """

    def scan(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html"""
        ...

    def query(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html"""
        ...

    def get_item(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html"""
        ...

    def put_item(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html"""
        ...

    def update_item(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html"""
        ...

    def batch_execute_statement(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html"""
        ...

    def transact_write_items(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""
        ...

    def describe_table(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html"""
        ...

    def create_table(self, **request: Any) -> Answer:
        """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"""
        ...
