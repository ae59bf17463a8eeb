from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError

from kxmodel.testing.faults import (
    Fault,
    FaultyClient,
    Rule,
    at,
    cancelled,
    empty_page,
    repeated_items,
    repeated_page,
    short_page,
    statements_fail,
    unprocessed,
)
from kxmodel.testing.faults.answers import _SAID
from tests.testing.faults.canned import Canned

STATEMENTS = [{"Statement": f"s{n}"} for n in range(25)]


def test_every_documented_code_of_a_statement_has_its_message() -> None:
    model = botocore.session.get_session().get_service_model("dynamodb")
    assert set(model.shape_for("BatchStatementErrorCodeEnum").enum) == set(_SAID)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_statements_fail_in_their_places(share: float, done: bool) -> None:
    inner = Canned()
    client = FaultyClient(inner, [Rule(statements_fail("ThrottlingError", share=share, done=done))])
    rows = client.batch_execute_statement(Statements=STATEMENTS)["Responses"]
    assert len(rows) == 25
    fine = {row["TableName"] for row in rows if "Error" not in row}
    for number, row in enumerate(rows):
        assert row.get("TableName") == (f"s{number}" if "Error" not in row else None)
    sent = {s["Statement"] for _, request in inner.sent for s in request["Statements"]}
    assert sent == ({f"s{n}" for n in range(25)} if done else fine)
    assert {0.0: 24, 1.0: 0}.get(share, len(fine)) == len(fine)
    assert fine != sent or not done


def test_what_is_unprocessed_is_not_sent_and_comes_back() -> None:
    inner = Canned()
    client = FaultyClient(inner, [Rule(unprocessed(0.5))], seed=3)
    wanted = {
        "a": [{"PutRequest": {"Item": {"n": n}}} for n in range(10)],
        "b": [{"DeleteRequest": 1}],
    }
    left = client.batch_write_item(RequestItems=wanted)["UnprocessedItems"]
    ((_, request),) = inner.sent
    sent = request["RequestItems"]
    both = [row for part in (sent, left) for rows in part.values() for row in rows]
    assert sorted(map(str, both)) == sorted(str(row) for rows in wanted.values() for row in rows)
    assert left


def test_all_keys_can_be_left_unread() -> None:
    inner = Canned()
    wanted = {"a": {"Keys": [{"n": 1}, {"n": 2}], "ConsistentRead": True}}
    answer = FaultyClient(inner, [Rule(unprocessed())]).batch_get_item(RequestItems=wanted)
    assert answer == {"Responses": {}, "UnprocessedKeys": wanted}
    assert inner.sent == []


def test_a_cancelled_transaction_says_which_item_was_the_reason() -> None:
    inner = Canned()
    client = FaultyClient(inner, [Rule(cancelled("None", "TransactionConflict"))])
    with pytest.raises(ClientError, match=r"\[None, TransactionConflict, None\]") as raised:
        client.transact_write_items(TransactItems=[{}, {}, {}])
    response: Any = raised.value.response
    assert [reason["Code"] for reason in response["CancellationReasons"]] == [
        "None",
        "TransactionConflict",
        "None",
    ]
    assert type(raised.value).__name__ == "TransactionCanceledException"
    assert inner.sent == []


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (empty_page(), list(range(10))),
        (short_page(), list(range(10))),
        (repeated_page(), [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 8, 9]),
        (repeated_items(), [0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9]),
    ],
)
def test_pages_lead_to_the_end_all_the_same(fault: Fault, seen: list[int]) -> None:
    client = FaultyClient(Canned(), [Rule(fault, on="scan", when=at(2))])
    found: list[int] = []
    request: dict[str, Any] = {}
    while True:
        page = client.scan(**request)
        assert page["Count"] == len(page["Items"])
        found += [int(item["n"]["N"]) for item in page["Items"]]
        if "LastEvaluatedKey" not in page:
            break
        request = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    assert found == seen


@pytest.mark.parametrize("fault", [empty_page(), repeated_page()])
def test_a_first_page_has_no_key_to_come_back_to(fault: Fault) -> None:
    page = FaultyClient(Canned(), [Rule(fault)]).scan()
    assert page == Canned().scan()
