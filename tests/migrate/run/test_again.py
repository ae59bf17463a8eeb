"""Applied, undone and applied again: the work is done each time, whatever the ledger still holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.engine import BackfillItems
from kxmodel.migrate.run.events import Event, OperationEnded, Outcome
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.status import status
from kxmodel.migrate.run.verifying import verify
from kxmodel.testing.faults import FaultyClient, Rule, lost_request
from tests.migrate.run.story import CREATE, LEAD, fill, folder, items
from tests.migrate.world import Leaping

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database

STORY = folder(CREATE, LEAD)
QUICK = Options(workers=2, segments=2, lease_seconds=12, allow_destructive=True, remove_values=True)


@pytest.fixture(autouse=True)
def keep_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a crash right behind the record of a pass: its rows in the ledger stay for good."""
    monkeypatch.setattr(BackfillItems, "forget", lambda self, name: None)


def run(db: Database, target: str | None = None, **more: Any) -> Outcome:
    tell = more.pop("tell", lambda event: None)
    stop = more.pop("stop", None)
    return migrate(STORY, db, target, options=replace(QUICK, **more), tell=tell, stop=stop)


def keyed(db: Database) -> int:
    return sum("GSI2PK" in item for item in items(db))


def test_up_down_and_up_and_down_again(db: Database) -> None:
    run(db, "1")
    fill(db)
    for _ in range(2):
        up = run(db)
        assert (up.counts["scanned"], up.counts["updated"]) == (40, 32)
        assert keyed(db) == 32
        down = run(db, "1")
        assert (down.counts["scanned"], down.counts["updated"]) == (40, 32)
        assert keyed(db) == 0


def test_undone_half_way_and_applied_again(db: Database) -> None:
    run(db, "1")
    fill(db)
    stop = StopSignal()

    def after_the_first(event: Event) -> None:
        if isinstance(event, OperationEnded):
            stop.set("the test says so")

    assert not run(db, tell=after_the_first, stop=stop).finished
    assert keyed(db) == 32
    run(db, "1")
    assert keyed(db) == 0
    up = run(db)
    assert (up.counts["scanned"], up.counts["updated"]) == (40, 32)
    assert keyed(db) == 32


def test_items_that_came_between_are_gone_over(db: Database) -> None:
    run(db, "1")
    fill(db)
    run(db)
    run(db, "1", remove_values=False)
    fill(db)  # an old writer puts them again, without keys
    assert keyed(db) == 0
    assert run(db).counts["updated"] == 32
    assert keyed(db) == 32


def test_undone_in_place_the_items_have_the_keys_of_the_old_template(db: Database) -> None:
    """The index lives on, and its readers go by the old template again."""
    loud = op.BackfillKeys(
        "messages", "Message", "GSI2", {"GSI2PK": "L#${lead}", "GSI2SK": "${ts}"}
    )
    story = folder(CREATE, LEAD, [loud, op.VerifyKeys("messages", "GSI2")])
    migrate(story, db, "1", options=QUICK)
    fill(db)
    migrate(story, db, "2", options=QUICK)
    before = list(items(db))
    migrate(story, db, options=QUICK)
    assert {item["GSI2PK"]["S"][:2] for item in items(db) if "GSI2PK" in item} == {"L#"}
    assert migrate(story, db, "2", options=replace(QUICK, remove_values=False)).finished
    assert list(items(db)) == before
    (proved,) = verify(story, db, options=QUICK)
    assert proved.right


def test_an_index_that_comes_back_holds_what_was_written_without_it(db: Database) -> None:
    left: list[op.Operation] = [
        op.DropIndex("messages", "GSI2"),
        op.SetEntityKeys("messages", "Message", "GSI2"),
    ]
    story = folder(CREATE, LEAD, left)
    migrate(story, db, options=QUICK)
    fill(db)  # by writers that stamp its keys no more
    assert keyed(db) == 0
    assert migrate(story, db, "2", options=QUICK).finished
    assert keyed(db) == 32
    (proved,) = verify(story, db, options=QUICK)
    assert proved.right
    assert proved.indexes[0].entries == 32


def test_a_failure_that_is_no_fault_of_the_items_loses_no_progress(db: Database) -> None:
    """The ledger cannot be reached for longer than the engine is patient."""
    run(db, "1")
    fill(db)
    ledger = db.names.ledger_table
    lost = Rule(
        lost_request(),
        "transact_write_items",
        lambda number, _: number > 2,
        lambda request: request["TransactItems"][0]["ConditionCheck"]["TableName"] == ledger,
    )
    client = cast("Any", FaultyClient(db.client, [lost]))
    failing = replace(db, client=client, clock=Leaping())
    with pytest.raises(BackfillError, match=r"KX625.*the ledger table"):
        run(failing, workers=1, segments=8, lease_seconds=300)
    before = db.history.read()["0002_step"]
    assert (before.state, before.done) == ("failed", 0)
    seen = FaultyClient(db.client)
    assert run(replace(db, client=cast("Any", seen)), workers=1, segments=8).finished
    filling: list[Any] = []
    for entry in seen.simulator.log:
        if "/verify-1" in str(entry.parameters):
            break
        filling += [entry.parameters["Segment"]] if entry.operation == "scan" else []
    assert 0 < len(set(filling)) < 8, "what was done is not read again"
    assert keyed(db) == 32


def test_a_failure_that_cannot_be_recorded_is_told(db: Database) -> None:
    run(db, "1")
    fill(db)
    lost = Rule(lost_request(), "transact_write_items", lambda number, _: number > 1)
    failing = replace(db, client=cast("Any", FaultyClient(db.client, [lost])), clock=Leaping())
    with pytest.raises(BackfillError, match=r"KX625.*the ledger table"):
        run(failing, workers=1)
    assert status(STORY, db).lines[1].standing in ("running", "interrupted")
    assert run(replace(db, clock=Leaping())).finished
    assert keyed(db) == 32
