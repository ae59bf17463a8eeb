"""What no local engine shows: faults, as AWS documents them."""

from __future__ import annotations

from typing import Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Counts
from kxmodel.testing.faults import (
    WRITES,
    Fault,
    FaultyClient,
    Rule,
    empty_page,
    every,
    internal_error,
    lost_reply,
    lost_request,
    refused,
    repeated_items,
    short_page,
    statements_fail,
    throttled,
)
from tests.migrate.backfill.bench import Bench, Spy, expected, shuffled
from tests.migrate.requests import live

BATCH = "batch_execute_statement"

FAULTS = {
    "throttled": throttled(),
    "hot": throttled("TableWriteKeyRangeThroughputExceeded"),
    "account": throttled("TableWriteAccountLimitExceeded"),
    "on demand": throttled("TableReadMaxOnDemandThroughputExceeded"),
    "conflict": refused("TransactionConflictException"),
    "region": refused("ReplicatedWriteConflictException"),
    "internal": internal_error(),
    "unavailable": refused("SomethingNew", status=503),
    "unreachable": lost_request(),
}


@pytest.mark.parametrize("path", ["auto", "update"])
@pytest.mark.parametrize("fault", FAULTS)
def test_requests_that_fail_are_repeated(bench: Bench, path: str, fault: str) -> None:
    items = shuffled(40)
    bench.create(items)
    client = FaultyClient(bench.client, [Rule(FAULTS[fault], {*WRITES, "scan"}, every(2))])
    result = bench.run(client=client, path=path, segments=2)
    assert result.finished
    # Where a slice ended amid a batch, the next one finds a part of it done.
    assert result.counts.balanced
    assert result.counts.updated + result.counts.already == 40
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


@pytest.mark.parametrize("path", ["auto", "update"])
@pytest.mark.parametrize(
    "fault", [lost_reply(), internal_error(done=True)], ids=["lost", "internal"]
)
def test_a_reply_lost_after_the_commit_writes_nothing_twice(
    bench: Bench, path: str, fault: Fault
) -> None:
    items = shuffled(60)
    bench.create(items)
    client = FaultyClient(bench.client, [Rule(fault, WRITES, every(2), live)])
    result = bench.run(client=client, path=path, segments=1)
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

    client = FaultyClient(
        bench.client, [Rule(statements_fail(code, share=0.3), BATCH, every(2), live)]
    )
    result = bench.run(client=client)
    assert result.counts == Counts(scanned=100, updated=100)
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def test_an_item_that_dynamodb_refuses_is_bad_and_the_others_are_written(bench: Bench) -> None:
    items = shuffled(50)
    bench.create(items)
    poor = items[7]["ts"]["S"]

    spoilt = Rule(refused("ValidationException"), WRITES, only=lambda r: poor in str(r))
    result = bench.run(client=FaultyClient(bench.client, [spoilt]))
    assert result.counts == Counts(scanned=50, updated=49, bad=1)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
def test_what_no_repetition_helps_against_ends_the_run(bench: Bench, code: str) -> None:
    bench.create(shuffled(30))
    with pytest.raises(BackfillError, match=f"KX625.*{code}"):
        bench.run(client=FaultyClient(bench.client, [Rule(refused(code), WRITES)]))
    assert bench.run().finished, "and it can be resumed"


def test_a_unit_without_progress_ends_the_run(bench: Bench) -> None:
    bench.create(shuffled(30))
    client = FaultyClient(bench.client, [Rule(throttled(), WRITES, only=live)])
    with pytest.raises(BackfillError, match=r"KX620.*no progress in 2"):
        bench.run(client=client, slice_seconds=0.3, attempts=2)


def test_an_item_that_always_changes_is_left_to_verification(bench: Bench) -> None:
    bench.create(shuffled(1))
    always = Rule(statements_fail("ConditionalCheckFailed"), BATCH)
    result = bench.run(client=FaultyClient(bench.client, [always]))
    assert result.counts == Counts(scanned=1, failed=1)


def test_empty_pages_in_between_are_followed(bench: Bench) -> None:
    bench.create(shuffled(50))

    rules = [Rule(short_page(3), "scan", every(3)), Rule(empty_page(), "scan", every(2))]
    result = bench.run(client=FaultyClient(bench.client, rules), page=5)
    assert result.counts == Counts(scanned=50, updated=50)


def test_an_item_given_out_twice_is_written_once(bench: Bench) -> None:
    bench.create(shuffled(10))

    client = FaultyClient(bench.client, [Rule(repeated_items(), "scan")])
    result = bench.run(client=client, segments=1)
    assert result.counts == Counts(scanned=20, updated=10, already=10)


@pytest.mark.parametrize("fault", [throttled(), lost_reply(), internal_error()])
def test_a_probe_that_was_disturbed_is_asked_again(bench: Bench, fault: Fault) -> None:
    """It says nothing of the endpoint, and the batches are not given up for it."""
    bench.create(shuffled(30))
    probing = Rule(fault, BATCH, every(2), lambda request: not live(request))
    client = FaultyClient(bench.client, [probing])
    assert bench.run(client=client, path="partiql").counts.updated == 30
    assert not any(entry.operation == "update_item" for entry in client.simulator.log)


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
