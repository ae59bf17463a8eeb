from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.serialize import JSONSerializer
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.wire.serializer import ItemSerializer

SERVICE = botocore.session.get_session().get_service_model("dynamodb")
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
BINARY = st.one_of(st.binary(max_size=6), TEXT, st.binary(max_size=6).map(bytearray))
VALUES = st.recursive(
    st.one_of(
        TEXT.map(lambda s: {"S": s}),
        st.integers().map(lambda n: {"N": str(n)}),
        st.booleans().map(lambda b: {"BOOL": b}),
        st.just({"NULL": True}),
        BINARY.map(lambda b: {"B": b}),
        st.lists(BINARY, max_size=2).map(lambda b: {"BS": b}),
        st.lists(TEXT, max_size=2).map(lambda s: {"SS": s}),
        st.lists(TEXT, max_size=2).map(lambda s: {"NS": tuple(s)}),
        st.just({"S": "a", "B": b"b", "L": [{"B": b"c"}]}),
        st.just({}),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda v: {"L": v}),
        st.lists(inner, max_size=3).map(lambda v: {"L": tuple(v)}),
        st.dictionaries(st.sampled_from(["B", "BS", "a", "S"]), inner, max_size=3).map(
            lambda v: {"M": v}
        ),
    ),
    max_leaves=8,
)
ITEMS = st.dictionaries(st.sampled_from(["B", "BS", "pk", "M", "é"]), VALUES, max_size=4)
REQUESTS: dict[str, Any] = {
    "PutItem": lambda item: {"TableName": "t", "Item": item, "ExpressionAttributeValues": item},
    "GetItem": lambda item: {"TableName": "t", "Key": item, "ConsistentRead": True},
    "Query": lambda item: {
        "TableName": "t",
        "KeyConditions": {
            "a": {"ComparisonOperator": "EQ", "AttributeValueList": [*item.values()]}
        },
        "ExclusiveStartKey": item,
        "Limit": 3,
    },
    "UpdateItem": lambda item: {
        "TableName": "t",
        "Key": item,
        "AttributeUpdates": {n: {"Value": v, "Action": "PUT"} for n, v in item.items()},
    },
    "BatchWriteItem": lambda item: {
        "RequestItems": {"t": [{"PutRequest": {"Item": item}}, {"DeleteRequest": {"Key": item}}]}
    },
    "BatchGetItem": lambda item: {"RequestItems": {"t": {"Keys": [item, item]}}},
    "TransactWriteItems": lambda item: {
        "TransactItems": [{"Put": {"TableName": "t", "Item": item}}],
        "ClientRequestToken": "x",
    },
    "ExecuteStatement": lambda item: {"Statement": "s", "Parameters": [*item.values()]},
}


@pytest.mark.parametrize("operation", REQUESTS)
@given(item=ITEMS)
def test_what_is_sent_is_what_botocore_sends(operation: str, item: dict[str, Any]) -> None:
    model = SERVICE.operation_model(operation)
    request = REQUESTS[operation](item)
    before = repr(request)
    sent = ItemSerializer().serialize_to_request(request, model)
    assert sent == JSONSerializer().serialize_to_request(request, model)
    assert repr(request) == before


@pytest.mark.parametrize("value", [{"X": "a"}, {"L": [{"M": {"a": {"Y": 1}}}]}, {"S": "a", "Z": 1}])
def test_what_is_no_attribute_value_is_refused_as_by_botocore(value: dict[str, Any]) -> None:
    model = SERVICE.operation_model("PutItem")
    for serializer in (ItemSerializer(), JSONSerializer()):
        with pytest.raises(KeyError):
            serializer.serialize_to_request({"TableName": "t", "Item": {"a": value}}, model)
