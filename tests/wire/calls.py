"""Two calls that tests of the short way make, and what they are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .scripted import answer

Clients = Callable[..., Any]

ITEM = {"pk": {"S": "é\u2028\U0001f600"}, "n": {"N": "1"}, "l": {"L": [{"BOOL": True}]}}
GOOD = answer({"Item": ITEM, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}})
KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
KEY = {"pk": {"S": "a"}}


def get(client: Any) -> Any:
    """One item of table t."""
    return client.get_item(TableName="t", Key=KEY)


def put(client: Any) -> Any:
    """The same table's item anew."""
    return client.put_item(TableName="t", Item=ITEM)
