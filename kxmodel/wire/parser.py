"""A response parser for DynamoDB's item operations that trusts the JSON.

botocore walks every response along the shapes of its service model, some 200 us an item. For items
that changes two things only: binary values come in base64, and members that are null are left out.
Here the walk is made where a body can hold either, and by botocore itself for everything that is no
answer with items: errors, descriptions of tables, event streams.
"""

from __future__ import annotations

import base64
import json
import logging
import re
from typing import TYPE_CHECKING, Any, Final

import orjson
from botocore.parsers import JSONParser, ResponseParserFactory

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

#: The outputs that hold items; their other members are text, numbers and maps of these.
#: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
ITEM_OUTPUTS: Final = frozenset(
    {
        "BatchExecuteStatementOutput",
        "BatchGetItemOutput",
        "BatchWriteItemOutput",
        "DeleteItemOutput",
        "ExecuteStatementOutput",
        "ExecuteTransactionOutput",
        "GetItemOutput",
        "PutItemOutput",
        "QueryOutput",
        "ScanOutput",
        "TransactGetItemsOutput",
        "TransactWriteItemsOutput",
        "UpdateItemOutput",
    }
)

_LOG: Final = logging.getLogger("botocore.parsers")
#: A null outside text looks like this; inside text it may, and costs no more than the ordinary way.
_NULL: Final = re.compile(rb"[:,\[]\s*null\b")
#: Nobody can tell a member called B from a binary value before its value is seen.
_BINARY: Final = re.compile(rb'"BS?"\s*:')


_REQUEST_ID: Final = "x-amzn-requestid"

_ONE: Final = ("Item", "Attributes", "LastEvaluatedKey")
#: The members of the answers that are walked here for binary values; others go botocore's way.
_WALKED: Final = frozenset(
    {*_ONE, "Items", "Count", "ScannedCount", "ConsumedCapacity", "NextToken"}
)


class ItemParser(JSONParser):
    """botocore's parser of the JSON protocol, with a short way for answers that hold items."""

    def parse(self, response: Mapping[str, Any], shape: Any) -> Any:
        """See `botocore.parsers.ResponseParser.parse`, whose result this equals."""
        if (
            shape is None
            or shape.name not in ITEM_OUTPUTS
            or response["status_code"] >= 301
            or _LOG.isEnabledFor(logging.DEBUG)  # it shows the body on its way
        ):
            return super().parse(response, shape)
        if response.get("context", {}).get("checksum"):
            return super().parse(response, shape)
        parsed = read(response["body"], shape.members.keys())
        if parsed is None:
            return super().parse(response, shape)
        headers = response["headers"]
        metadata = {"RequestId": headers["x-amzn-requestid"]} if _REQUEST_ID in headers else {}
        metadata["HTTPStatusCode"] = response["status_code"]
        metadata["HTTPHeaders"] = {name.lower(): value for name, value in headers.items()}
        parsed["ResponseMetadata"] = metadata
        return parsed


class ItemParserFactory(ResponseParserFactory):
    """Makes `ItemParser` for the JSON protocol, botocore's own for any other."""

    def create_parser(self, protocol_name: str) -> Any:
        """See `botocore.parsers.ResponseParserFactory`."""
        return ItemParser() if protocol_name == "json" else super().create_parser(protocol_name)


def read(body: bytes, members: Set[str]) -> dict[str, Any] | None:
    """The body of an answer with items; None for what is left to botocore.

    members: the names that the answer may have.
    """
    if not body or has_null(body):
        return None
    try:
        parsed = orjson.loads(body)
    except ValueError:
        # Halves of surrogate pairs, and whatever else `json` puts up with.
        try:
            parsed = json.loads(body)
        except ValueError:
            return None
    if type(parsed) is not dict or not parsed.keys() <= members:
        return None
    if has_binary(body):
        if not parsed.keys() <= _WALKED:
            return None
        _decode_binary(parsed)
    return parsed


def has_null(body: bytes) -> bool:
    """Whether a member may be null, which botocore leaves out."""
    return b"null" in body and _NULL.search(body) is not None


def has_binary(body: bytes) -> bool:
    """Whether a value may be binary."""
    return (b'"B"' in body or b'"BS"' in body) and _BINARY.search(body) is not None


def decode_item(item: dict[str, Any]) -> None:
    """Replace base64 by bytes, in place, in one item."""
    for value in item.values():
        _decode_value(value)


def _decode_binary(parsed: dict[str, Any]) -> None:
    """Replace base64 by bytes, in place, in the items of an answer."""
    items = [parsed[name] for name in _ONE if name in parsed]
    for item in (*items, *parsed.get("Items", ())):
        decode_item(item)


def _decode_value(value: dict[str, Any]) -> None:
    ((tag, content),) = value.items()
    if tag == "B":
        value["B"] = base64.b64decode(content)
    elif tag == "BS":
        value["BS"] = [base64.b64decode(each) for each in content]
    elif tag == "M":
        for member in content.values():
            _decode_value(member)
    elif tag == "L":
        for element in content:
            _decode_value(element)
