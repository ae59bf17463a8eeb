"""Why a transaction is cancelled, as AWS documents it, and what the engine makes of each reason."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import BadItemFound, Counts
from kxmodel.testing.faults import (
    Fault,
    FaultyClient,
    Rule,
    cancelled,
    chance,
    every,
    internal_error,
    refused,
    throttled,
)
from tests.migrate.backfill.bench import Bench
from tests.migrate.backfill.moving import LOWER, by_key, in_order, lowered, mixed

TRANSACTION = "transact_write_items"
ROOT = Path(__file__).parents[3]


REPEATED: dict[str, Fault] = {
    "put throttled": cancelled("ThrottlingError"),
    "delete throttled": cancelled("None", "ProvisionedThroughputExceeded"),
    "conflict": cancelled("TransactionConflict"),
    "both": cancelled("TransactionConflict", "ThrottlingError"),
    "condition of the delete": cancelled("None", "ConditionalCheckFailed"),
    "condition of the put, and the key is free": cancelled("ConditionalCheckFailed"),
    "condition and conflict": cancelled("ConditionalCheckFailed", "TransactionConflict"),
    "no reasons": refused("TransactionCanceledException"),
    "in progress": refused("TransactionInProgressException"),
    "request throttled": throttled("TableWriteMaxOnDemandThroughputExceeded"),
    "account": throttled("TableWriteAccountLimitExceeded"),
    "internal": internal_error(),
}


@pytest.mark.parametrize("fault", REPEATED)
def test_what_passes_is_repeated(bench: Bench, fault: str) -> None:
    items = [mixed(n) for n in (1, 2, 4, 5, 7)]
    bench.create(items)
    client = FaultyClient(bench.client, [Rule(REPEATED[fault], TRANSACTION, every(2))])
    result = bench.run(LOWER, client=client, segments=1)
    assert result.counts.balanced
    assert (result.counts.updated, result.counts.bad) == (5, 0)
    assert by_key(list(bench.items().values())) == by_key(list(map(lowered, items)))


@pytest.mark.parametrize(
    "fault",
    [
        cancelled("ItemCollectionSizeLimitExceeded"),
        cancelled("ValidationError"),
        refused("ValidationException"),
    ],
    ids=["full", "invalid", "request invalid"],
)
def test_what_never_passes_is_reported(bench: Bench, fault: Fault) -> None:
    items = [mixed(n) for n in (1, 2, 4)]
    bench.create(items)
    poor = items[1]["contact_pk"]["S"]
    bad: list[BadItemFound] = []

    spoilt = Rule(fault, TRANSACTION, only=lambda request: poor in str(request))
    result = bench.run(
        LOWER,
        client=FaultyClient(bench.client, [spoilt]),
        segments=1,
        events=lambda e: bad.append(e) if isinstance(e, BadItemFound) else None,
    )
    assert result.counts.balanced
    assert (result.counts.updated, result.counts.bad) == (2, 1)
    assert [row.item.code for row in bad] == ["KX631"]
    stored = by_key(list(bench.items().values()))
    assert stored[poor, items[1]["ts"]["S"]] == in_order(items[1])


def test_what_no_repetition_helps_against_ends_the_run(bench: Bench) -> None:
    bench.create([mixed(1)])
    denied = Rule(cancelled("None", "AccessDenied"), TRANSACTION)
    with pytest.raises(BackfillError, match=r"KX625.*AccessDenied"):
        bench.run(LOWER, client=FaultyClient(bench.client, [denied]))
    assert bench.run(LOWER).counts.updated == 1


def test_an_item_that_always_changes_is_left_to_verification(bench: Bench) -> None:
    bench.create([mixed(1)])
    failing = Rule(cancelled("None", "ConditionalCheckFailed"), TRANSACTION)
    client = FaultyClient(bench.client, [failing])
    assert bench.run(LOWER, client=client).counts == Counts(scanned=1, failed=1)
    assert list(bench.items()) == [("t1#USER1@example.com", mixed(1)["ts"]["S"])]


ADDRESS = st.text("aAbB", min_size=1, max_size=2).map(lambda name: f"{name}@x.org")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sets(ADDRESS, min_size=1, max_size=8), st.integers(0, 2**32), st.integers(1, 3))
def test_no_item_is_lost_made_or_merged(
    bench: Bench, addresses: set[str], seed: int, segments: int
) -> None:
    """Whatever fails at random, an item is where it was, or lowered where there was room."""
    table = f"{bench.prefix}{uuid4().hex}"
    items = [mixed(1, address, n={"N": str(n)}) for n, address in enumerate(sorted(addresses))]
    bench.create(items, table)
    rules = [
        Rule(internal_error(done=True), TRANSACTION, chance(0.2)),
        *(Rule(fault, TRANSACTION, chance(0.02)) for fault in REPEATED.values()),
    ]
    client = FaultyClient(bench.client, rules, seed=seed)
    result = bench.run(LOWER, table=table, run=table, client=client, segments=segments, page=2)
    stored = {item["n"]["N"]: in_order(item) for item in bench.items(table).values()}
    assert result.counts.balanced
    assert len(stored) == len(bench.items(table)) == len(items)
    wanted = {address.lower() for address in addresses}
    assert wanted <= {item["email_lc"]["S"] for item in stored.values()}
    for item in items:
        assert stored[item["n"]["N"]] in (in_order(item), in_order(lowered(item)))
    bench.client.delete_table(TableName=table)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_killed_run_leaves_every_item_once(bench: Bench, seed: int, tmp_path: Path) -> None:
    items = [mixed(n) for n in range(300)]
    items += [mixed(n, f"Taken{n}@x.org") for n in range(5)]
    items += [mixed(n, f"taken{n}@x.org") for n in range(5)]
    bench.create(items)
    report = tmp_path / "bad.jsonl"
    command = [sys.executable, "-m", "tests.migrate.backfill.moving_victim"]
    arguments = [bench.engine.endpoint_url, bench.prefix, str(report)]
    chance = random.Random(seed)
    for _ in range(4):
        last = [str(chance.randint(1, 45)), chance.choice(["before", "after"])]
        victim = subprocess.run([*command, *arguments, *last], cwd=ROOT, check=False, timeout=120)
        assert victim.returncode == -signal.SIGKILL
        stored = bench.items()
        assert len(stored) == len(items)
    result = bench.run(LOWER, spec=None, segments=6, report=report, page=10)
    assert result.finished
    assert result.counts.balanced
    left = [item for item in items if item["email_lc"]["S"].startswith("Taken")]
    moved = [lowered(item) for item in items if item not in left]
    assert by_key(list(bench.items().values())) == by_key([*left, *moved])
    assert len(report.read_text().splitlines()) == result.counts.bad == len(left)
