"""Adopting, planning, looking and proving, on local engines."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import MigrationError, UsageError
from kxmodel.migrate.lease import Lease
from kxmodel.migrate.plan import make_plan
from kxmodel.migrate.run.adopting import record_only
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.remote import pause, set_rate
from kxmodel.migrate.run.status import status
from kxmodel.migrate.run.verifying import verify
from kxmodel.migrate.schema import create_table, drop_index, set_stream
from kxmodel.migrate.schema.compare import compare
from kxmodel.migrate.state import TableState
from tests.migrate.run.story import CREATE, LEAD, fill, folder

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database

QUICK = Options(workers=2, segments=2, lease_seconds=5)
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


def test_a_migrated_table_is_right(db: Database) -> None:
    migrated(db)
    (found,) = verify(STORY, db, options=QUICK)
    assert found.right
    assert found.counts["already"] == 32
    assert found.indexes[0].entries == 32
    (again,) = verify(STORY, db, options=QUICK)
    assert again == found


def test_a_stale_key_is_found_and_repaired(db: Database) -> None:
    table = migrated(db)
    db.client.update_item(
        TableName=table,
        Key={"pk": {"S": "t1"}, "sk": {"S": "00001"}},
        UpdateExpression="SET #k = :k",
        ExpressionAttributeNames={"#k": "GSI2PK"},
        ExpressionAttributeValues={":k": {"S": "elsewhere"}},
    )
    (found,) = verify(STORY, db, options=QUICK)
    assert not found.right
    assert found.counts["failed"] == 1
    (mended,) = verify(STORY, db, repair=True, options=QUICK)
    assert mended.right
    assert verify(STORY, db, options=QUICK)[0].counts["already"] == 32


class Hiding:
    """An index that lacks an entry, and for `looks` reads has another that its table lacks."""

    def __init__(self, client: Any, looks: int) -> None:
        self.client = client
        self.looks = looks

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def scan(self, **request: Any) -> Any:
        page = self.client.scan(**request)
        if "IndexName" in request:
            items = sorted(page["Items"], key=lambda item: item["sk"]["S"])
            page["Items"] = items[1:]
            self.looks -= 1
            if self.looks >= 0:
                page["Items"].append({**items[1], "sk": {"S": "not there"}})
        return page


def test_only_differences_that_last_are_counted(db: Database) -> None:
    table = migrated(db)
    index = STORY.graph.state_after("0002_step").table("messages").indexes["GSI2"]
    assert compare(db.control, table, index).same
    hiding = replace(db, client=Hiding(db.client, looks=2))
    began = time.monotonic()
    found = compare(hiding.control, table, index)
    assert time.monotonic() - began > 4, "it did not look again"
    assert (found.missing, found.extra) == (1, 0)
    assert len(found.first) == 1
    assert "00001" in found.first[0]


def test_a_missing_index_is_no_traceback(db: Database) -> None:
    table = migrated(db)
    drop_index(db.control, table, "GSI2")
    with pytest.raises(MigrationError) as raised:
        verify(STORY, db, options=QUICK)
    assert raised.value.code in ("KX643", "KX651")
