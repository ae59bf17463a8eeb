"""Adopting, planning, looking and proving, on local engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import MigrationError, UsageError
from kxmodel.migrate.backfill import Progress, StopSignal
from kxmodel.migrate.lease import Lease
from kxmodel.migrate.plan import make_plan
from kxmodel.migrate.run.adopting import record_only
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.events import Work
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.remote import pause, set_rate
from kxmodel.migrate.run.status import status
from kxmodel.migrate.schema import create_table, set_stream
from kxmodel.migrate.state import TableState
from tests.migrate.run.story import CREATE, LEAD, fill, folder

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database

QUICK = Options(workers=2, segments=2, lease_seconds=12)
STORY = folder(CREATE, LEAD)


def migrated(db: Database) -> str:
    migrate(STORY, db, "1", options=QUICK)
    fill(db)
    migrate(STORY, db, options=QUICK)
    return db.names.table("messages")


class NoWrites:
    """A client that fails the test at every write."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Any:
        assert name.startswith(("describe_", "get_", "query", "scan", "list_")), name
        return getattr(self.client, name)


def test_a_plan_sends_no_write_and_says_what_would_be(db: Database) -> None:
    plan = make_plan(STORY, replace(db, client=NoWrites(db.client)))
    assert [step.revision for step in plan.steps] == ["0001_step", "0002_step"]
    assert plan.refusals == ()
    migrate(STORY, db, "1", options=QUICK)
    fill(db)
    set_stream(db.control, db.names.table("messages"), "NEW_IMAGE")
    plan = make_plan(STORY, replace(db, client=NoWrites(db.client)))
    (step,) = plan.steps
    assert [move.number for move in step.moves] == [1, 2, 3]
    assert any("--accept-stream-events" in each for each in plan.refusals)
    assert plan.around[0].stream == "NEW_IMAGE"


def test_a_plan_down_names_the_loss(db: Database) -> None:
    migrated(db)
    plan = make_plan(STORY, db, "-1")
    assert plan.steps[0].direction == "down"
    assert "GSI2" in (plan.steps[0].moves[0].destroys or "")
    assert any("--allow-destructive" in each for each in plan.refusals)


def test_faking_records_and_looks_at_nothing(db: Database) -> None:
    assert record_only(STORY, db, look=False) == ("0001_step", "0002_step")
    found = status(STORY, db)
    assert [line.standing for line in found.lines] == ["applied", "applied"]
    record = found.lines[0].record
    assert record is not None
    assert record.note == "recorded without being run"
    assert record_only(STORY, db, "0", look=False) == ("0002_step", "0001_step")
    assert {line.standing for line in status(STORY, db).lines} == {"rolled_back"}


def test_adopting_looks_for_the_tables_and_indexes(db: Database) -> None:
    with pytest.raises(MigrationError, match=r"there is no table .*messages") as raised:
        record_only(STORY, db, look=True)
    assert raised.value.code == "KX643"
    state = STORY.graph.state_after("0001_step").table("messages")
    create_table(db.control, db.names.table("messages"), TableState("m", state.hash, state.range))
    assert record_only(STORY, db, "1", look=True) == ("0001_step",)
    with pytest.raises(MigrationError, match="messages has no index GSI2"):
        record_only(STORY, db, look=True)
    assert migrate(STORY, db, options=QUICK).revisions == ("0002_step",)


def test_the_status_tells_a_run_that_died(db: Database) -> None:
    class Killed(BaseException):
        pass

    def kill(event: object) -> None:
        if type(event).__name__ == "OperationBegun":
            raise Killed

    with pytest.raises(Killed):
        migrate(STORY, db, options=QUICK, tell=kill)
    found = status(STORY, db)
    assert [line.standing for line in found.lines] == ["interrupted", "pending"]
    Lease(db.client, db.history.table).take()
    found = status(STORY, db)
    assert found.lines[0].standing == "running"
    assert found.holder is not None


def test_the_status_tells_how_far_a_pass_is(db: Database) -> None:
    migrate(STORY, db, "1", options=QUICK)
    fill(db)
    stop = StopSignal()

    def tell(event: object) -> None:
        progress = event.event if isinstance(event, Work) else None
        if isinstance(progress, Progress) and progress.counts.scanned:
            stop.set("enough")

    options = replace(QUICK, segments=8, workers=1)
    assert not migrate(STORY, db, options=options, tell=tell, stop=stop).finished
    line = status(STORY, db).lines[1]
    assert line.standing == "paused"
    assert 0 < line.under_way["scanned"] <= 40
    assert migrate(STORY, db, options=QUICK).finished
    assert status(STORY, db).lines[1].under_way == {}


def test_the_status_tells_a_changed_and_an_unknown_file(db: Database) -> None:
    record_only(STORY, db, look=False)
    assert status(folder(CREATE, CREATE[:1]), db).lines[1].standing == "changed"
    assert status(folder(CREATE), db).lines[1].standing == "unknown"


def test_nothing_is_paused_where_nothing_ran(db: Database) -> None:
    db.history.ensure()
    with pytest.raises(MigrationError) as raised:
        pause(db)
    assert raised.value.code == "KX655"


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf"), None])
def test_a_rate_has_to_be_one(db: Database, rate: float | None) -> None:
    with pytest.raises(UsageError):
        set_rate(db, rate)


def test_a_revision_whose_file_is_lost_is_struck_by_faking_a_target(db: Database) -> None:
    migrated(db)
    without = folder(CREATE)
    for target in (None, "1"):
        with pytest.raises(MigrationError, match="0002_step") as raised:
            migrate(without, db, target, options=QUICK)
        assert raised.value.code == "KX652"
    with pytest.raises(MigrationError, match="0002_step"):
        record_only(without, db, look=False)  # no target: nobody said where the database is
    with pytest.raises(MigrationError, match="0002_step"):
        record_only(without, db, "1", look=True)
    assert record_only(without, db, "1", look=False) == ("0002_step",)
    assert migrate(without, db, options=QUICK).finished
    assert record_only(without, db, "1", look=False) == ()
