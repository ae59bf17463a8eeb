"""Items move to another primary key: whole, once, and only where none is in the way."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ReadTimeoutError

from kxmodel.migrate.backfill import BadItemFound, Budget, Counts, StopSignal, verify_backfill
from kxmodel.migrate.backfill.options import Options
from tests.migrate.backfill.bench import Bench, Spy
from tests.migrate.backfill.moving import LOWER, PRIMARY, by_key, in_order, lowered, mixed

if TYPE_CHECKING:
    from kxmodel.migrate.backfill import Verification
    from kxmodel.migrate.tasks import RekeyItems

TRANSACTION = "transact_write_items"


def stored(bench: Bench) -> dict[tuple[str, str], dict[str, Any]]:
    return by_key(list(bench.items().values()))


def key_of(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("contact_pk", "ts")}


def proved(bench: Bench, task: RekeyItems) -> Verification:
    return verify_backfill(
        task,
        client=bench.client,
        table_name=bench.table,
        ledger=bench.ledger,
        budget=Budget(),
        options=Options(run="proof", workers=2, segments=3),
    )


def before_the_move(action: Any) -> Any:
    """A function for `Spy` that acts once, right before the first transaction."""
    done = []

    def see(name: str, request: dict[str, Any]) -> None:
        if name == TRANSACTION and not done:
            done.append(True)
            action()

    return see


def test_whole_items_move_and_a_second_run_writes_nothing(true_bench: Bench) -> None:
    items = [mixed(n) for n in range(120)]
    true_bench.create(items)
    first = true_bench.run(LOWER)
    assert stored(true_bench) == by_key(list(map(lowered, items)))
    assert first.finished
    assert first.counts.balanced
    moved = sum(lowered(item) != item for item in items)
    # One that moves to where the scan has not been yet is seen there once more.
    assert first.counts.updated == moved
    assert first.counts.already >= 120 - moved
    sent: list[str] = []
    spy = Spy(true_bench.client, lambda name, request: sent.append(name))
    again = true_bench.run(LOWER, run="again", client=spy)
    assert again.counts == Counts(scanned=120, already=120)
    assert TRANSACTION not in sent


def test_of_two_that_become_one_the_first_wins_and_the_other_stays(true_bench: Bench) -> None:
    three = [mixed(1, address) for address in ("A@x.org", "a@X.org", "a@x.ORG")]
    taken = [mixed(2, "B@x.org"), mixed(2, "b@x.org", n={"N": "7"})]
    true_bench.create([*three, *taken])
    bad: list[BadItemFound] = []
    result = true_bench.run(
        LOWER, events=lambda e: bad.append(e) if isinstance(e, BadItemFound) else None
    )
    assert result.counts.balanced
    assert (result.counts.updated, result.counts.bad) == (1, 3)
    after = stored(true_bench)
    assert len(after) == 5
    for item in taken:
        assert after[item["contact_pk"]["S"], item["ts"]["S"]] == in_order(item)
    left = [item for item in three if (item["contact_pk"]["S"], item["ts"]["S"]) in after]
    assert len(left) == 2
    assert after["t1#a@x.org", three[0]["ts"]["S"]] == in_order(lowered(three[0]))
    assert {row.item.code for row in bad} == {"KX634"}
    assert {row.item.key["contact_pk"] for row in bad} == {
        "t2#B@x.org",
        *(item["contact_pk"]["S"] for item in left),
    }
    again = true_bench.run(LOWER, run="again")
    assert (again.counts.bad, again.counts.updated) == (3, 0)
    assert stored(true_bench) == after


def test_verification_finds_nothing_but_the_collisions(bench: Bench) -> None:
    bench.create([mixed(1, "A@x.org"), mixed(1, "a@x.org"), mixed(2, "B@x.org")])
    bench.run(LOWER)
    done = proved(bench, LOWER)
    assert done.clean
    assert done.last.counts == Counts(scanned=3, already=2, bad=1)


@pytest.mark.parametrize(
    ("changes", "name"),
    [("n", {"N": "8"}), ("note", {"S": "declared, and absent until now"}), ("raw", None)],
    ids=["changed", "added", "removed"],
)
def test_a_live_write_moves_along(true_bench: Bench, changes: str, name: Any) -> None:
    item = mixed(1)
    true_bench.create([item])
    live = {n: v for n, v in item.items() if n != changes} | ({changes: name} if name else {})
    act = before_the_move(lambda: true_bench.client.put_item(TableName=true_bench.table, Item=live))
    result = true_bench.run(LOWER, client=Spy(true_bench.client, act), segments=1)
    assert stored(true_bench) == by_key([lowered(live)])
    assert result.counts.updated == 1


def test_a_deleted_item_does_not_come_back(true_bench: Bench) -> None:
    item = mixed(1)
    true_bench.create([item])
    act = before_the_move(
        lambda: true_bench.client.delete_item(TableName=true_bench.table, Key=key_of(item))
    )
    result = true_bench.run(LOWER, client=Spy(true_bench.client, act), segments=1)
    assert true_bench.items() == {}
    assert result.counts == Counts(scanned=1, gone=1)


def test_an_item_that_comes_to_lie_in_the_way_stays(true_bench: Bench) -> None:
    item = mixed(1)
    other = lowered(item) | {"n": {"N": "99"}}
    true_bench.create([item])
    act = before_the_move(
        lambda: true_bench.client.put_item(TableName=true_bench.table, Item=other)
    )
    result = true_bench.run(LOWER, client=Spy(true_bench.client, act), segments=1)
    assert stored(true_bench) == by_key([item, other])
    assert result.counts.bad == 1


def test_one_that_another_moved_is_where_it_should_be(true_bench: Bench) -> None:
    item = mixed(1)
    true_bench.create([item])

    def move() -> None:
        true_bench.client.put_item(TableName=true_bench.table, Item=lowered(item))
        true_bench.client.delete_item(TableName=true_bench.table, Key=key_of(item))

    spy = Spy(true_bench.client, before_the_move(move))
    result = true_bench.run(LOWER, client=spy, segments=1)
    assert stored(true_bench) == by_key([lowered(item)])
    assert (result.counts.updated, result.counts.bad, result.counts.gone) == (0, 0, 0)
    assert result.counts.already >= 1


@pytest.mark.parametrize("lost", [1, 2, 3])
@pytest.mark.parametrize("committed", [True, False])
def test_lost_replies(true_bench: Bench, lost: int, committed: bool) -> None:
    """However many replies are lost, and whether or not the first was carried out."""
    item = mixed(1)
    true_bench.create([item])
    tokens: list[str] = []

    def lose(name: str, request: dict[str, Any]) -> None:
        if name != TRANSACTION:
            return
        tokens.append(request["ClientRequestToken"])
        if len(tokens) <= lost:
            if committed and len(tokens) == 1:
                true_bench.client.transact_write_items(**request)
            raise ReadTimeoutError(endpoint_url="http://dynamodb")

    result = true_bench.run(LOWER, client=Spy(true_bench.client, lose), segments=1)
    assert stored(true_bench) == by_key([lowered(item)])
    assert result.counts.balanced
    assert result.counts.updated == 1
    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == (len(tokens) + 1) // 2


def test_an_item_given_out_twice_is_moved_once(bench: Bench) -> None:
    bench.create([mixed(n) for n in (1, 2, 4)])

    def twice(name: str, request: dict[str, Any]) -> Any:
        if name != "scan":
            return None
        page = bench.client.scan(**request)
        return page | {"Items": page["Items"] * 2}

    result = bench.run(LOWER, client=Spy(bench.client, twice), segments=1)
    assert result.counts.balanced
    assert (result.counts.updated, result.counts.bad, result.counts.gone) == (3, 0, 0)
    assert len(bench.items()) == 3


@pytest.mark.parametrize(("more", "bad"), [(140, 0), (142, 1)])
def test_an_item_too_rich_to_guard_stays(true_bench: Bench, more: int, bad: int) -> None:
    """300 operators: the item exists, and 149 guards, of which three are of absent attributes."""
    item = mixed(1) | {f"a{n}": {"N": str(n)} for n in range(more)}
    present = len(item) - 2
    assert (2 * (1 + present + 1) - 1 <= 300) == (bad == 0)
    true_bench.create([item])
    rows: list[BadItemFound] = []
    result = true_bench.run(
        LOWER, events=lambda e: rows.append(e) if isinstance(e, BadItemFound) else None
    )
    assert result.counts.bad == bad
    assert [row.item.code for row in rows] == ["KX635"] * bad
    assert stored(true_bench) == by_key([item if bad else lowered(item)])


def test_a_stop_counts_what_was_moved(bench: Bench) -> None:
    items = [mixed(n) for n in range(90)]
    bench.create(items)
    stop = StopSignal()
    moves = []

    def see(name: str, request: dict[str, Any]) -> None:
        if name == TRANSACTION:
            moves.append(name)
            if len(moves) == 20:
                stop.set("SIGTERM")

    first = bench.run(LOWER, client=Spy(bench.client, see), stop=stop)
    assert first.ended == "stopped"
    assert first.counts.updated == sum(
        item["email_lc"]["S"].islower() for item in stored(bench).values()
    ) - sum(item["email_lc"]["S"].islower() for item in items)
    second = bench.run(LOWER)
    assert second.finished
    assert stored(bench) == by_key(list(map(lowered, items)))
    assert second.counts.updated == sum(lowered(item) != item for item in items)
    assert second.counts.balanced


def test_the_rate_counts_both_items_twice(bench: Bench) -> None:
    """Four units a move of items under one KB, from the very first."""
    bench.create([mixed(n) for n in range(1, 60)])
    sent: list[float] = []

    def see(name: str, request: dict[str, Any]) -> None:
        if name == TRANSACTION:
            sent.append(time.monotonic())

    began = time.monotonic()
    bench.run(
        LOWER,
        client=Spy(bench.client, see),
        budget=Budget(max_wcu=60),
        workers=1,
        trust_capacity=False,
    )
    assert len(sent) >= 40
    for number, moment in enumerate(sent):
        assert 4 * number <= 60 * (moment - began + 1) + 60


def test_no_write_of_four_live_writers_is_lost(true_bench: Bench) -> None:
    """Each counts up `n`, under whichever key an item has at the moment."""
    items = [mixed(n) for n in range(60)]
    true_bench.create(items)
    done = threading.Event()
    counted = [[0] * len(items) for _ in range(4)]

    def write(mine: list[int]) -> None:
        number = 0
        while not done.is_set():
            number = (number + 7) % len(items)
            for item in (items[number], lowered(items[number])):
                try:
                    true_bench.client.update_item(
                        TableName=true_bench.table,
                        Key=key_of(item),
                        UpdateExpression="ADD n :one",
                        ConditionExpression="attribute_exists(ts)",
                        ExpressionAttributeValues={":one": {"N": "1"}},
                    )
                except true_bench.client.exceptions.ConditionalCheckFailedException:
                    continue
                mine[number] += 1
                break

    writers = [threading.Thread(target=write, args=(mine,)) for mine in counted]
    for writer in writers:
        writer.start()
    try:
        result = true_bench.run(LOWER, workers=3)
    finally:
        done.set()
        for writer in writers:
            writer.join()
    again = true_bench.run(LOWER, run="again")
    assert result.counts.balanced
    assert again.counts.failed == 0
    totals = [sum(mine[n] for mine in counted) for n in range(len(items))]
    assert sum(totals) > 100
    wanted = [lowered(i) | {"n": {"N": str(n)}} for i, n in zip(items, totals, strict=True)]
    assert stored(true_bench) == by_key(wanted)


def numbered(stands: str, wanted: str) -> dict[str, Any]:
    return mixed(3) | {"ts": {"S": stands}, "wanted": {"S": wanted}}


BY_NUMBER = replace(LOWER, primary={**PRIMARY, "ts": "${wanted}"}, source=None, keys=None)


def test_a_key_that_becomes_free_is_taken_by_the_verification(bench: Bench) -> None:
    bench.create([numbered("1", "2"), numbered("2", "3"), numbered("3", "4")])
    bad: list[BadItemFound] = []
    first = bench.run(
        BY_NUMBER, events=lambda e: bad.append(e) if isinstance(e, BadItemFound) else None
    )
    assert first.counts.bad == len(bad) > 0
    assert all(row.item.reason.endswith("and that one is to be moved itself") for row in bad)
    assert proved(bench, BY_NUMBER).clean
    assert stored(bench) == by_key([numbered(n, n) for n in ("2", "3", "4")])


def test_two_that_exchange_their_keys_stay(bench: Bench) -> None:
    items = [numbered("1", "2"), numbered("2", "1")]
    bench.create(items)
    assert bench.run(BY_NUMBER).counts.bad == 2
    assert proved(bench, BY_NUMBER).last.counts == Counts(scanned=2, bad=2)
    assert stored(bench) == by_key(items)


def test_report_names_the_key_in_the_way(bench: Bench, tmp_path: Path) -> None:
    bench.create([mixed(1, "A@x.org"), mixed(1, "a@x.org")])
    report = tmp_path / "bad.jsonl"
    bench.run(LOWER, report=report)
    (line,) = report.read_text().splitlines()
    assert '"t1#A@x.org"' in line
    assert "t1#a@x.org" in line
    assert "is the key of another item; neither was changed" in line
