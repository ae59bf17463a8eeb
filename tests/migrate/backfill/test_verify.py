from __future__ import annotations

from typing import Any

import pytest

from kxmodel.errors import OldWriterLive
from kxmodel.migrate.backfill import Budget, Options, verify_backfill
from tests.migrate.backfill.bench import TASK, Bench, Spy, expected, message, shuffled


def verify(bench: Bench, client: Any = None, **more: Any) -> Any:
    return verify_backfill(
        TASK,
        client=client or bench.client,
        table_name=bench.table,
        ledger=bench.ledger,
        budget=Budget(),
        options=Options("run", workers=2, segments=3, slice_seconds=2.0),
        **more,
    )


def test_a_table_that_is_right_needs_one_look(any_bench: Bench) -> None:
    any_bench.create(shuffled(40))
    any_bench.run()
    found = verify(any_bench)
    assert found.clean
    assert (len(found.results), found.repaired, found.last.counts.already) == (1, 0, 40)


def test_what_an_old_writer_left_is_repaired_and_looked_at_again(bench: Bench) -> None:
    items = shuffled(40)
    bench.create(items)
    bench.run()
    bench.client.put_item(TableName=bench.table, Item=message(3))
    found = verify(bench)
    assert found.clean
    assert [r.counts.updated for r in found.results] == [1, 0]
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def test_a_bad_item_that_lacked_another_key_is_looked_at_again_too(bench: Bench) -> None:
    """It is counted as bad, and written nevertheless."""
    bench.create(shuffled(40))
    bench.run()
    bench.client.put_item(TableName=bench.table, Item=message(31, lead_id={"L": []}))
    found = verify(bench)
    assert found.clean
    assert [(r.written, r.counts.updated, r.counts.bad) for r in found.results] == [
        (1, 0, 1),
        (0, 0, 1),
    ]


def test_an_old_writer_that_goes_on_is_told(bench: Bench) -> None:
    bench.create(shuffled(40))
    bench.run()

    def old_writer(name: str, request: dict[str, Any]) -> None:
        if name == "describe_table" and request["TableName"] == bench.table:
            bench.client.put_item(TableName=bench.table, Item=message(3))

    with pytest.raises(OldWriterLive, match=r"KX622.*number 3 still found 1"):
        verify(bench, client=Spy(bench.client, old_writer))


def test_looking_alone_writes_nothing(bench: Bench) -> None:
    items = shuffled(40)
    bench.create(items)
    before = bench.items()
    found = verify(bench, repair=False)
    assert not found.clean
    assert found.last.counts.failed == 40
    assert bench.items() == before
