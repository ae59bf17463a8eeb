"""What no local engine shows: faults, as AWS documents them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Counts
from tests.migrate.backfill.bench import Bench, Spy, expected, shuffled

WRITES = ("batch_execute_statement", "update_item")


def error(code: str, status: int = 400, **more: Any) -> ClientError:
    """An exception as botocore makes it of an answer in the form of "Error handling with DynamoDB"
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html)."""
    body = {"Error": {"Code": code, "Message": "as documented"}, **more}
    return ClientError(body | {"ResponseMetadata": {"HTTPStatusCode": status}}, "Any")  # type: ignore[arg-type]


def throttling(reason: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html"""
    return {"ThrottlingReasons": [{"reason": reason, "resource": "arn:aws:dynamodb:::table/t"}]}


def every(count: int, names: tuple[str, ...], fault: Any) -> Any:
    """A function for `Spy`: every so many requests of these names, something goes wrong."""
    seen = 0

    def see(name: str, request: dict[str, Any]) -> Any:
        nonlocal seen
        if name in names and "kxmodel probe" not in str(request):
            seen += 1
            if seen % count == 0:
                return fault(name, request)
        return None

    return see


def raising(exception: Exception) -> Any:
    def fault(name: str, request: dict[str, Any]) -> None:
        raise exception

    return fault


FAULTS = {
    "throttled": error(
        "ProvisionedThroughputExceededException",
        **throttling("TableWriteProvisionedThroughputExceeded"),
    ),
    "account": error("RequestLimitExceeded", **throttling("TableWriteAccountLimitExceeded")),
    "throttling": error("ThrottlingException"),
    "conflict": error("TransactionConflictException"),
    "region": error("ReplicatedWriteConflictException"),
    "internal": error("InternalServerError", 500),
    "unavailable": error("SomethingNew", 503),
    "lost": ReadTimeoutError(endpoint_url="http://dynamodb"),
}


@pytest.mark.parametrize("path", ["auto", "update"])
@pytest.mark.parametrize("fault", FAULTS)
def test_requests_that_fail_are_repeated(bench: Bench, path: str, fault: str) -> None:
    items = shuffled(40)
    bench.create(items)
    see = every(2, (*WRITES, "scan"), raising(FAULTS[fault]))
    result = bench.run(client=Spy(bench.client, see), path=path, segments=2)
    assert result.finished
    # Where a slice ended amid a batch, the next one finds a part of it done.
    assert result.counts.balanced
    assert result.counts.updated + result.counts.already == 40
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


@pytest.mark.parametrize("path", ["auto", "update"])
def test_a_reply_lost_after_the_commit_writes_nothing_twice(bench: Bench, path: str) -> None:
    items = shuffled(60)
    bench.create(items)

    def lose(name: str, request: dict[str, Any]) -> None:
        getattr(bench.client, name)(**request)
        raise ReadTimeoutError(endpoint_url="http://dynamodb")

    result = bench.run(client=Spy(bench.client, every(2, WRITES, lose)), path=path, segments=1)
    assert result.finished
    assert result.counts.balanced
    assert result.counts.already > 0
    assert result.counts.updated + result.counts.already == 60
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "TransactionConflict",
        "InternalServerError",
        "ConditionalCheckFailed",
        "DuplicateItem",
    ],
)
def test_a_statements_own_error_inside_a_success_is_repeated(bench: Bench, code: str) -> None:
    """BatchStatementError: the SDK sees HTTP 200 and repeats nothing."""
    items = shuffled(100)
    bench.create(items)

    def third(name: str, request: dict[str, Any]) -> Any:
        sent = [s for n, s in enumerate(request["Statements"]) if n % 3]
        answers = (
            iter(bench.client.batch_execute_statement(Statements=sent)["Responses"])
            if sent
            else iter(())
        )
        failed = {"Error": {"Code": code, "Message": "as documented"}}
        rows = [next(answers) if n % 3 else failed for n in range(len(request["Statements"]))]
        return {"Responses": rows}

    see = every(2, ("batch_execute_statement",), third)
    result = bench.run(client=Spy(bench.client, see))
    assert result.counts == Counts(scanned=100, updated=100)
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def test_an_item_that_dynamodb_refuses_is_bad_and_the_others_are_written(bench: Bench) -> None:
    items = shuffled(50)
    bench.create(items)
    poor = items[7]["ts"]["S"]

    def see(name: str, request: dict[str, Any]) -> None:
        if name in WRITES and poor in str(request):
            raise error("ValidationException")

    result = bench.run(client=Spy(bench.client, see))
    assert result.counts == Counts(scanned=50, updated=49, bad=1)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
def test_what_no_repetition_helps_against_ends_the_run(bench: Bench, code: str) -> None:
    bench.create(shuffled(30))
    with pytest.raises(BackfillError, match=f"KX625.*{code}"):
        bench.run(client=Spy(bench.client, every(1, WRITES, raising(error(code)))))
    assert bench.run().finished, "and it can be resumed"


def test_a_unit_without_progress_ends_the_run(bench: Bench) -> None:
    bench.create(shuffled(30))
    see = every(1, WRITES, raising(error("ThrottlingException")))
    with pytest.raises(BackfillError, match=r"KX620.*no progress in 2"):
        bench.run(client=Spy(bench.client, see), slice_seconds=0.3, attempts=2)


def test_an_item_that_always_changes_is_left_to_verification(bench: Bench) -> None:
    bench.create(shuffled(1))
    failed = {"Error": {"Code": "ConditionalCheckFailed", "Message": ""}}

    def see(name: str, request: dict[str, Any]) -> Any:
        return {"Responses": [failed]} if name == "batch_execute_statement" else None

    result = bench.run(client=Spy(bench.client, see))
    assert result.counts == Counts(scanned=1, failed=1)


def test_empty_pages_in_between_are_followed(bench: Bench) -> None:
    bench.create(shuffled(50))

    def empty(name: str, request: dict[str, Any]) -> Any:
        """Scan: a page can be empty and not the last
        (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html)."""
        start = request.get("ExclusiveStartKey")
        return {"Items": [], "LastEvaluatedKey": start} if start else None

    result = bench.run(client=Spy(bench.client, every(2, ("scan",), empty)), page=5)
    assert result.counts == Counts(scanned=50, updated=50)


def test_an_item_given_out_twice_is_written_once(bench: Bench) -> None:
    bench.create(shuffled(10))

    def twice(name: str, request: dict[str, Any]) -> Any:
        page = bench.client.scan(**request)
        return page | {"Items": page["Items"] * 2}

    result = bench.run(client=Spy(bench.client, every(1, ("scan",), twice)), segments=1)
    assert result.counts == Counts(scanned=20, updated=10, already=10)


def test_an_endpoint_that_lies_about_conditions_gets_no_partiql(bench: Bench) -> None:
    bench.create(shuffled(10))
    sent = []

    def see(name: str, request: dict[str, Any]) -> Any:
        sent.append(name)
        return {"Responses": [{}]} if name == "batch_execute_statement" else None

    assert bench.run(client=Spy(bench.client, see)).counts.updated == 10
    assert sent.count("batch_execute_statement") == 2
    with pytest.raises(BackfillError, match="live writes would be lost"):
        bench.run(client=Spy(bench.client, see), path="partiql", run="other")
