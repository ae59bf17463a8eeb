from __future__ import annotations

import base64
import json
import logging
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import JSONParser
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.wire.parser import ITEM_OUTPUTS, ItemParser, ItemParserFactory

SERVICE = botocore.session.get_session().get_service_model("dynamodb")
OPERATIONS = sorted(SERVICE.operation_names)

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
BINARY = st.binary(max_size=8).map(lambda raw: base64.b64encode(raw).decode())
VALUES = st.recursive(
    st.one_of(
        TEXT.map(lambda s: {"S": s}),
        st.integers(-(10**6), 10**6).map(lambda n: {"N": str(n)}),
        st.booleans().map(lambda b: {"BOOL": b}),
        st.just({"NULL": True}),
        BINARY.map(lambda b: {"B": b}),
        st.lists(BINARY, min_size=1, max_size=2).map(lambda b: {"BS": b}),
        st.lists(TEXT, min_size=1, max_size=2).map(lambda s: {"SS": s}),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda v: {"L": v}),
        st.dictionaries(st.sampled_from(["B", "BS", "null", "a"]), inner, max_size=2).map(
            lambda v: {"M": v}
        ),
    ),
    max_leaves=6,
)
ITEMS = st.dictionaries(st.sampled_from(["B", "BS", "pk", ": null", "M"]), VALUES, max_size=3)
CAPACITY = {"TableName": "t", "CapacityUnits": 1.5, "Table": {"CapacityUnits": 1.0}}
BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Query": st.fixed_dictionaries(
        {"Items": st.lists(ITEMS, max_size=3), "Count": st.integers(0, 9)},
        optional={"LastEvaluatedKey": ITEMS, "ConsumedCapacity": st.just(CAPACITY)},
    ),
    "GetItem": st.fixed_dictionaries({}, optional={"Item": ITEMS, "ConsumedCapacity": st.none()}),
    "UpdateItem": st.fixed_dictionaries(
        {},
        optional={
            "Attributes": ITEMS,
            "ItemCollectionMetrics": st.fixed_dictionaries(
                {"ItemCollectionKey": ITEMS, "SizeEstimateRangeGB": st.just([0.0, 1.0])}
            ),
        },
    ),
    "BatchGetItem": st.fixed_dictionaries(
        {"Responses": st.dictionaries(TEXT, st.lists(ITEMS, max_size=2), max_size=2)},
        optional={
            "UnprocessedKeys": st.dictionaries(
                TEXT, st.fixed_dictionaries({"Keys": st.lists(ITEMS, max_size=2)}), max_size=1
            )
        },
    ),
    "BatchExecuteStatement": st.fixed_dictionaries(
        {
            "Responses": st.lists(
                st.one_of(
                    st.fixed_dictionaries({"Item": ITEMS, "TableName": TEXT}),
                    st.fixed_dictionaries(
                        {
                            "Error": st.fixed_dictionaries(
                                {"Code": TEXT, "Message": TEXT}, optional={"Item": ITEMS}
                            )
                        }
                    ),
                ),
                max_size=3,
            )
        }
    ),
    "TransactGetItems": st.fixed_dictionaries(
        {"Responses": st.lists(st.fixed_dictionaries({}, optional={"Item": ITEMS}), max_size=3)}
    ),
}


def response(body: bytes, status: int = 200) -> dict[str, Any]:
    headers = HeadersDict({"x-amzn-RequestId": "R1", "Content-Type": "application/x-amz-json-1.0"})
    return {"status_code": status, "headers": headers, "body": body, "context": {}}


def both(operation: str, body: bytes, status: int = 200) -> tuple[Any, Any]:
    shape = SERVICE.operation_model(operation).output_shape
    ours = ItemParser().parse(response(body, status), shape)
    return ours, JSONParser().parse(response(body, status), shape)


@pytest.mark.parametrize("operation", sorted(BODIES))
@given(data=st.data())
def test_an_answer_is_read_as_botocore_reads_it(operation: str, data: st.DataObject) -> None:
    plain = data.draw(BODIES[operation])
    spaced = data.draw(st.sampled_from([(",", ":"), (", ", ": ")]))
    ours, theirs = both(operation, json.dumps(plain, separators=spaced).encode())
    assert ours == theirs


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"<html>", b'"x"', b'{"Items":[{"a":null}]}', b'{"Unknown":1,"Count":1}'],
)
def test_what_is_no_ordinary_answer_is_read_as_botocore_reads_it(body: bytes) -> None:
    try:
        expected: Any = JSONParser().parse(
            response(body), SERVICE.operation_model("Query").output_shape
        )
    except Exception as error:
        with pytest.raises(type(error)):
            both("Query", body)
        return
    assert ItemParser().parse(response(body), SERVICE.operation_model("Query").output_shape) == (
        expected
    )


@pytest.mark.parametrize("status", [400, 500, 503])
@pytest.mark.parametrize("operation", ["Query", "TransactWriteItems"])
def test_an_error_is_read_as_botocore_reads_it(operation: str, status: int) -> None:
    body = {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "cancelled",
        "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": {"pk": {"S": "a"}}}],
    }
    ours, theirs = both(operation, json.dumps(body).encode(), status)
    assert ours == theirs
    assert ours["Error"]["Code"] == "TransactionCanceledException"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_output_with_items_is_known_and_no_other_is(operation: str) -> None:
    shape = SERVICE.operation_model(operation).output_shape
    if shape is not None and shape.name in ITEM_OUTPUTS:
        assert not _timestamps(shape, set())


def _timestamps(shape: Any, seen: set[str]) -> bool:
    if shape.name in seen:
        return False
    seen.add(shape.name)
    members = {
        "structure": lambda: list(shape.members.values()),
        "list": lambda: [shape.member],
        "map": lambda: [shape.value],
    }.get(shape.type_name, list)()
    return shape.type_name == "timestamp" or any(_timestamps(each, seen) for each in members)


def test_a_debugging_user_sees_the_body(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "botocore.parsers"):
        both("Query", b'{"Count":7}')
    assert any('"Count":7' in record.getMessage() for record in caplog.records)


def test_other_protocols_keep_their_parsers() -> None:
    assert isinstance(ItemParserFactory().create_parser("json"), ItemParser)
    assert not isinstance(ItemParserFactory().create_parser("rest-xml"), JSONParser)
