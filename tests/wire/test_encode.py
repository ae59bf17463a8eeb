from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
from typing import Any

import pytest
from botocore.serialize import JSONSerializer
from hypothesis import given

from kxmodel.wire.encode import encode

from .test_serializer import ITEMS, REQUESTS, SERVICE


def members(operation: str) -> Any:
    return SERVICE.operation_model(operation).input_shape.members.keys()


def botocores(operation: str, request: dict[str, Any]) -> Any:
    model = SERVICE.operation_model(operation)
    return json.loads(JSONSerializer().serialize_to_request(request, model)["body"])


@pytest.mark.parametrize("operation", REQUESTS)
@given(item=ITEMS)
def test_what_is_sent_is_what_botocore_sends(operation: str, item: dict[str, Any]) -> None:
    request = REQUESTS[operation](item)
    before = repr(request)
    body = encode(request, members(operation))
    assert repr(request) == before
    if body is not None:
        assert json.loads(body) == botocores(operation, request)


@pytest.mark.parametrize(
    "item",
    [
        {"a": {"S": 'é\u2028\x00\\"/\U0001f600', "N": "1"}},
        {"a": {"SS": {"x"}}, "b": {"NS": frozenset({"1"})}, "c": {"L": ({"BOOL": False},)}},
        {"a": {"M": {"nested": {"NULL": True}}}, "": {"S": ""}},
    ],
)
def test_ordinary_items_are_encoded(item: dict[str, Any]) -> None:
    request = {"TableName": "t", "Item": item}
    body = encode(request, members("PutItem"))
    assert body is not None
    assert json.loads(body) == botocores("PutItem", request)


@dataclasses.dataclass
class Record:
    a: int = 1


@pytest.mark.parametrize(
    "value",
    [
        {"B": b"bytes"},
        {"B": "text"},
        {"BS": ["text"]},
        {"S": "\ud800"},
        {"S": None},
        {"L": [None]},
        None,
        {"S": datetime.datetime(2026, 1, 1)},
        {"S": Record()},
        {"N": decimal.Decimal(1)},
        {"N": 2**70},
        {"M": {1: {"S": "a"}}},
        {"S": object()},
        {"L": iter([])},
    ],
)
def test_what_takes_judgement_is_left_to_the_serialiser(value: Any) -> None:
    assert encode({"TableName": "t", "Item": {"a": value}}, members("PutItem")) is None


def test_a_parameter_that_there_is_not_is_left_to_the_serialiser() -> None:
    assert encode({"TableName": "t", "Itm": {}}, members("PutItem")) is None
