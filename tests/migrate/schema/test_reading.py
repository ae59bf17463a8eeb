"""Reading at the run's rate, in segments, from a canned endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import MigrationError
from kxmodel.migrate.clock import SystemClock
from kxmodel.migrate.names import Names
from kxmodel.migrate.run.database import Database
from kxmodel.migrate.run.engine import BackfillItems
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.schema import Control
from kxmodel.migrate.schema.reading import Reading
from tests.migrate.clocks import Turned
from tests.migrate.schema.phases import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = {"TableName": "t", "ItemCount": 100, "TableSizeBytes": 100 * 8192}


class Pages:
    """Three pages of ten items in each segment; it says what each took, as DynamoDB does."""

    def __init__(self, fails: int | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self.fails = fails

    def scan(self, **request: Any) -> Any:
        self.sent.append(request)
        if request["Segment"] == self.fails:
            raise refusal("ResourceNotFoundException", "no", "Scan")
        number = int(request.get("ExclusiveStartKey", {"n": {"N": "0"}})["n"]["N"]) + 1
        last = {"LastEvaluatedKey": {"n": {"N": str(number)}}} if number < 3 else {}
        return {"Items": [{}] * 10, "ConsumedCapacity": {"CapacityUnits": 20.0}, **last}


def count(pages: Iterator[Any]) -> int:
    return sum(len(page["Items"]) for page in pages)


def test_every_segment_is_read_to_its_end() -> None:
    client = Pages()
    told: list[tuple[float, float | None]] = []

    def spend(estimate: float, rcu: float | None) -> float:
        told.append((estimate, rcu))
        return 0.0

    control = Control(client, Turned(), spend=spend)  # type: ignore[arg-type]  # what is used of it
    assert Reading(control, TABLE, ["pk", "sk", "pk"]).each(count) == [30] * 8
    assert {request["Segment"] for request in client.sent} == set(range(8))
    assert all(request["ConsistentRead"] for request in client.sent)
    assert client.sent[0]["ProjectionExpression"] == "#a0, #a1"
    # Ten items of 8 KB are twenty units; after the last page there is nothing to wait for.
    assert told == [(20.0, 20.0)] * 16


def test_an_index_is_read_as_it_can_be() -> None:
    client = Pages()
    Reading(Control(client), TABLE, ["pk"], "GSI1").each(count)  # type: ignore[arg-type]
    assert all(r["IndexName"] == "GSI1" and "ConsistentRead" not in r for r in client.sent)


@pytest.mark.parametrize("loopback", [False, True], ids=["told", "estimated"])
def test_the_rate_of_the_run_holds(loopback: bool) -> None:
    clock, client = Turned(), Pages()
    options = Options(max_rcu=10.0)
    database = Database(client, Names(), clock=clock)  # type: ignore[arg-type]
    items = BackfillItems(database, options, lambda event: None)
    items._trust = not loopback
    control = Control(client, clock, spend=items.spend)  # type: ignore[arg-type]
    Reading(control, TABLE, ["pk"]).each(count)
    # 16 pages of 20 units each were booked; a second's worth was there to begin with.
    assert clock.time - 1000.0 >= (16 * 20 - 10) / 10


def test_a_stop_ends_the_wait_for_the_rate() -> None:
    class Enough(Exception):
        pass

    clock = Turned()

    def check() -> None:
        if clock.time > 1003:
            raise Enough

    control = Control(Pages(), clock, check=check, spend=lambda *_: 1000.0)  # type: ignore[arg-type]
    with pytest.raises(Enough):
        Reading(control, TABLE, ["pk"]).each(count)
    assert clock.time < 1020


def test_one_segment_that_fails_ends_the_others() -> None:
    client = Pages(fails=3)
    control = Control(client, SystemClock(), spend=lambda *_: 0.05)  # type: ignore[arg-type]
    with pytest.raises(MigrationError, match="could not read t") as raised:
        Reading(control, TABLE, ["pk"]).each(count)
    assert raised.value.code == "KX651"
    assert len(client.sent) < 8 * 3
