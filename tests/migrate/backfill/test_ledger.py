from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from kxmodel.errors import BackfillError, LedgerTaken
from kxmodel.migrate.backfill import Counts, Ledger
from kxmodel.migrate.backfill.unit import KeyRange, Unit
from tests.migrate.backfill.bench import Bench, Spy, expected, shuffled

CURSOR: Any = {"pk": {"S": "a"}, "sk": {"B": b"\x00\xff"}}


def test_units_come_back_as_they_were_recorded(any_bench: Bench) -> None:
    lease = any_bench.ledger.open("r", "task", 3)
    first = lease.units["segment-00001"].advanced(CURSOR, False, Counts(scanned=5, updated=5))
    keys = KeyRange({"S": "hot"}, {"N": "1"}, {"N": "2.50"})
    lease.record(first, Unit("range-00003", range=keys, cursor=CURSOR))
    again = any_bench.ledger.open("r", "task", 99)
    assert again.token > lease.token
    assert again.units == lease.units
    assert len(again.units) == 4


def test_a_stale_holder_cannot_checkpoint(any_bench: Bench) -> None:
    old = any_bench.ledger.open("r", "task", 2)
    new = any_bench.ledger.open("r", "task", 2)
    unit = old.units["segment-00000"].advanced(CURSOR, True, Counts())
    with pytest.raises(LedgerTaken, match="KX621"):
        old.record(unit)
    new.record(unit)
    assert any_bench.ledger.open("r", "task", 2).units["segment-00000"].done


def test_another_task_under_one_name_is_refused(bench: Bench) -> None:
    bench.ledger.open("r", "task", 2)
    with pytest.raises(BackfillError, match="KX624"):
        bench.ledger.open("r", "other task", 2)


def test_a_forgotten_run_begins_anew(bench: Bench) -> None:
    lease = bench.ledger.open("r", "task", 2)
    lease.record(lease.units["segment-00000"].advanced(CURSOR, True, Counts()))
    bench.ledger.open("other", "task", 2)
    bench.ledger.forget("r")
    assert not any(unit.done for unit in bench.ledger.open("r", "other task", 2).units.values())


def test_the_table_may_be_there_already(any_bench: Bench) -> None:
    any_bench.ledger.create()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_lost_replies_are_repeated(bench: Bench, after: bool) -> None:
    seen: dict[str, int] = {}

    def see(name: str, request: dict[str, Any]) -> None:
        seen[name] = seen.get(name, 0) + 1
        if seen[name] % 2:
            if after:
                getattr(bench.client, name)(**request)
            raise ReadTimeoutError(endpoint_url="http://dynamodb")

    ledger = Ledger(Spy(bench.client, see), f"{bench.prefix}kxmodel_ledger")
    lease = ledger.open("r", "task", 2)
    lease.record(lease.units["segment-00000"].advanced(CURSOR, True, Counts()))
    assert bench.ledger.open("r", "task", 2).units["segment-00000"].done


def test_a_conflict_of_transactions_passes(bench: Bench) -> None:
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""
    seen = []

    def see(name: str, request: dict[str, Any]) -> None:
        if name == "transact_write_items" and not seen:
            seen.append(name)
            reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
            body: Any = {
                "Error": {"Code": "TransactionCanceledException", "Message": ""},
                "CancellationReasons": reasons,
            }
            raise ClientError(body, "TransactWriteItems")

    ledger = Ledger(Spy(bench.client, see), f"{bench.prefix}kxmodel_ledger")
    lease = ledger.open("r", "task", 2)
    lease.record(lease.units["segment-00000"].advanced(CURSOR, True, Counts()))
    assert seen


def test_a_stale_holder_asks_once(bench: Bench) -> None:
    asked: list[str] = []
    ledger = Ledger(
        Spy(bench.client, lambda name, _: asked.append(name)), f"{bench.prefix}kxmodel_ledger"
    )
    lease = ledger.open("r", "task", 2)
    bench.ledger.open("r", "task", 2)
    with pytest.raises(LedgerTaken):
        lease.record(lease.units["segment-00000"].advanced(CURSOR, True, Counts()))
    assert asked.count("transact_write_items") == 1


def test_a_run_that_is_taken_over_stops_and_the_other_finishes(bench: Bench) -> None:
    items = shuffled(200)
    bench.create(items)
    taken = []

    def steal(name: str, request: dict[str, Any]) -> None:
        if name == "scan" and not taken:
            taken.append(bench.run(page=10))

    with pytest.raises(LedgerTaken):
        bench.run(client=Spy(bench.client, steal), page=10, workers=1)
    assert taken[0].finished
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}
