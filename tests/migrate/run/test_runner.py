"""Up, down, stopped, resumed, refused: with the engine that goes over items, on local engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import LeaseLost, MigrationError, MigrationLocked
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill import BadItemFound, StopSignal
from kxmodel.migrate.lease import Heartbeat, Lease
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.events import (
    Event,
    MigrationEnded,
    OperationBegun,
    OperationEnded,
    Outcome,
    Work,
)
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.verifying import verify
from kxmodel.migrate.schema import set_stream, surroundings
from tests.migrate.clocks import Hurried
from tests.migrate.run.story import BOTH, CREATE, LEAD, fill, folder, items

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.database import Database

QUICK = Options(workers=2, segments=2, lease_seconds=12)


def run(db: Database, story: Folder, target: str | None = None, **options: Any) -> Outcome:
    tell = options.pop("tell", lambda event: None)
    stop = options.pop("stop", None)
    return migrate(story, db, target, options=replace(QUICK, **options), tell=tell, stop=stop)


def states(db: Database) -> dict[str, str]:
    return {name: record.state for name, record in db.history.read().items()}


def indexes(db: Database) -> tuple[str, ...]:
    return surroundings(db.control, db.names.table("messages")).indexes


def test_a_table_its_backfill_and_its_index(db: Database) -> None:
    story = folder(CREATE, LEAD)
    assert run(db, story, "1").revisions == ("0001_step",)
    fill(db)
    told: list[Event] = []
    outcome = run(db, story, tell=told.append)
    assert outcome.finished
    assert outcome.exit_code == 0
    assert outcome.revisions == ("0002_step",)
    assert outcome.counts["updated"] == 32
    assert indexes(db) == ("GSI2",)
    for item in items(db):
        assert ("GSI2PK" in item) == ("lead" in item)
        assert item.get("GSI2PK") == item.get("lead")
    record = db.history.read()["0002_step"]
    assert (record.state, record.done, record.total) == ("applied", 3, 3)
    assert record.counts["updated"] == 32
    assert record.ended
    assert record.who
    assert MigrationEnded("0002_step", "up") in told
    assert [e.number for e in told if isinstance(e, OperationEnded)] == [1, 2, 3]


def test_nothing_is_done_twice(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story)
    before = db.history.read()
    again = run(db, story)
    assert again.finished
    assert again.revisions == ()
    assert db.history.read() == before


def test_down_drops_the_index_and_leaves_the_attributes(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)
    run(db, story)
    with pytest.raises(MigrationError, match="index GSI2 of messages") as raised:
        run(db, story, "-1")
    assert raised.value.code == "KX645"
    assert states(db)["0002_step"] == "applied"
    outcome = run(db, story, "-1", allow_destructive=True)
    assert outcome.revisions == ("0002_step",)
    assert indexes(db) == ()
    assert sum("GSI2PK" in item for item in items(db)) == 32
    assert states(db) == {"0001_step": "applied", "0002_step": "rolled_back"}
    up = run(db, story)
    assert up.counts["updated"] == 0
    assert up.counts["already"] == 32
    assert indexes(db) == ("GSI2",)


def test_down_removes_the_values_where_asked(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)
    run(db, story)
    run(db, story, "1", allow_destructive=True, remove_values=True)
    assert not any("GSI2PK" in item or "GSI2SK" in item for item in items(db))
    run(db, story)
    assert sum("GSI2PK" in item for item in items(db)) == 32


def test_adjacent_backfills_are_one_pass(db: Database) -> None:
    story = folder(CREATE, BOTH)
    run(db, story, "1")
    fill(db)
    told: list[Event] = []
    outcome = run(db, story, tell=told.append)
    assert outcome.counts["updated"] == 40
    begun = [event for event in told if isinstance(event, OperationBegun)]
    assert [event.number for event in begun] == [1, 3, 4, 5]
    assert "GSI1" in begun[0].sentence
    assert "GSI2" in begun[0].sentence
    assert all("GSI1PK" in item for item in items(db))
    assert indexes(db) == ("GSI1", "GSI2")


def test_bad_items_are_named_and_the_rest_goes_on(db: Database, tmp_path: Path) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)
    bad = {"pk": {"S": "x"}, "sk": {"S": "1"}, "ts": {"S": "1"}, "lead": {"L": []}}
    db.client.put_item(TableName=db.names.table("messages"), Item=bad)
    outcome = run(db, story, report=tmp_path)
    assert outcome.exit_code == 4
    record = db.history.read()["0002_step"]
    assert record.state == "applied_with_exceptions"
    assert record.applied
    assert '"pk": "x"' in record.exceptions[0]
    assert outcome.report is not None
    with open(outcome.report, encoding="utf-8") as report:
        assert '"lead"' in report.read()


def test_bad_items_that_a_stopped_run_found_are_named_too(db: Database, tmp_path: Path) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db, lead={"L": []})
    stop = StopSignal()

    def tell(event: Event) -> None:
        if isinstance(event, Work) and isinstance(event.event, BadItemFound):
            stop.set()

    slow: dict[str, Any] = {"workers": 1, "segments": 8, "report": tmp_path}
    assert run(db, story, tell=tell, stop=stop, **slow).exit_code == 3
    assert run(db, story, **slow).exit_code == 4
    named = db.history.read()["0002_step"].exceptions
    assert len(named) == 40
    assert all('"pk": "t' in each for each in named)


def test_too_many_bad_items_end_it_and_it_can_be_run_again(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db, lead={"L": []})
    with pytest.raises(MigrationError, match="items are bad, and the limit is 3") as raised:
        run(db, story, limit_bad=3)
    assert raised.value.code == "KX654"
    record = db.history.read()["0002_step"]
    assert (record.state, record.done, record.applied) == ("failed", 0, False)
    assert "the limit is 3" in (record.error or "")
    assert db.client.scan(TableName=db.names.ledger_table)["Items"] == [], "it begins anew"
    fill(db, lead={"S": "L"})
    assert run(db, story, limit_bad=3).exit_code == 0
    assert db.history.read()["0002_step"].error is None


def shout(item: dict[str, Any]) -> dict[str, Any]:
    return {"lead": item["lead"].upper()} if "lead" in item else {}


def test_keys_of_a_branch_that_was_joined_follow_a_change_of_the_other(db: Database) -> None:
    plain = folder(CREATE)
    change: list[Operation] = [op.TransformAttribute("messages", "Message", shout, ["lead"])]
    joined = {
        "0002_index": Migration("0002_index", LEAD, "0001_step"),
        "0002_shout": Migration("0002_shout", change, "0001_step"),
        "0003_merge": Migration("0003_merge", [], ["0002_index", "0002_shout"]),
    }
    story = replace(plain, migrations={**plain.migrations, **joined})
    run(db, story, "1")
    fill(db, lead={"S": "l"})
    run(db, story, allow_destructive=True)
    assert {item["GSI2PK"]["S"] for item in items(db)} == {"L"}
    (table,) = verify(story, db, options=Options(workers=2, segments=2))
    assert table.right


WAIT = op.WaitForWriters("deploy version 7")


def test_a_wait_stops_until_it_is_confirmed(db: Database) -> None:
    story = folder(CREATE, [WAIT, *LEAD])
    first = run(db, story, confirm=True)  # nobody had seen the message yet
    assert (first.exit_code, first.waiting) == (3, "deploy version 7")
    assert states(db) == {"0001_step": "applied", "0002_step": "paused"}
    assert "deploy version 7" in (db.history.read()["0002_step"].note or "")
    assert run(db, story).exit_code == 3
    assert run(db, story, confirm=True).exit_code == 0
    assert states(db)["0002_step"] == "applied"


def test_one_confirmation_is_for_one_wait(db: Database) -> None:
    story = folder(CREATE, [WAIT, op.WaitForWriters("deploy version 8")])
    run(db, story)
    second = run(db, story, confirm=True)
    assert second.waiting == "deploy version 8"
    assert run(db, story, confirm=True).finished


def broken(context: Any) -> None:
    context.client.put_item(
        TableName=context.names.table("messages"),
        Item={"pk": {"S": "python"}, "sk": {"S": "1"}},
    )
    raise ValueError("not today \ud800")


CALLS: list[str] = []


def forward(context: Any) -> None:
    CALLS.append("forward")


def backward(context: Any) -> None:
    context.check()
    CALLS.append("backward")


def test_a_failed_migration_is_not_applied_and_resumes_at_its_step(db: Database) -> None:
    story = folder(CREATE, [*LEAD, op.RunPython(broken)])
    with pytest.raises(MigrationError, match="0002_step failed: ValueError") as raised:
        run(db, story)
    assert raised.value.code == "KX653"
    assert isinstance(raised.value.__cause__, ValueError)
    record = db.history.read()["0002_step"]
    assert (record.state, record.done, record.total) == ("failed", 3, 4)
    assert "not today" in (record.error or "")
    told: list[Event] = []
    with pytest.raises(MigrationError):
        run(db, story, tell=told.append)
    assert [event.number for event in told if isinstance(event, OperationBegun)] == [4]
    # What was in effect of it can be undone: the step that failed is none of that.
    assert run(db, story, "1", allow_destructive=True).finished
    assert indexes(db) == ()
    assert states(db)["0002_step"] == "rolled_back"


def test_python_runs_both_ways(db: Database) -> None:
    story = folder(CREATE, [op.RunPython(forward, backward)])
    CALLS.clear()
    run(db, story)
    run(db, story, "-1")
    assert CALLS == ["forward", "backward"]


def test_what_cannot_be_run_is_refused_before_anything_is_done(db: Database) -> None:
    class Unheard(op.RemoveKeys):
        task = property()  # type: ignore[assignment]  # an operation without a judgement

    odd = Unheard("messages", "Message", "GSI9", {"GSI9PK": "${lead}"})
    with pytest.raises(MigrationError, match="0002_step holds an operation") as raised:
        run(db, folder(CREATE, [odd]))
    assert raised.value.code == "KX653"
    assert states(db) == {}


def test_what_has_no_inverse_is_refused_before_anything_is_undone(db: Database) -> None:
    story = folder(CREATE, [op.RunPython(forward)], LEAD)
    run(db, story)
    with pytest.raises(MigrationError, match="0002_step cannot be undone") as raised:
        run(db, story, "1", allow_destructive=True)
    assert raised.value.code == "KX648"
    assert indexes(db) == ("GSI2",)


def test_a_stream_is_refused_until_it_is_accepted(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    set_stream(db.control, db.names.table("messages"), "NEW_IMAGE")
    with pytest.raises(MigrationError, match=r"has a stream \(NEW_IMAGE\)") as raised:
        run(db, story)
    assert raised.value.code == "KX644"
    assert "--accept-stream-events" in (raised.value.fix or "")
    assert run(db, story, accept_stream_events=True).finished


def test_values_that_violate_the_index_keep_it_from_being_made(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    # Another entity's item, which the backfill does not touch.
    item = {"pk": {"S": "x"}, "sk": {"S": "1"}, "GSI2PK": {"N": "7"}, "GSI2SK": {"S": "a"}}
    only = op.CreateIndex("messages", "GSI2", hash="GSI2PK", range="GSI2SK")
    db.client.put_item(TableName=db.names.table("messages"), Item=item)
    story = folder(CREATE, [only])
    with pytest.raises(MigrationError, match="GSI2PK is of type N, not S") as raised:
        run(db, story)
    assert raised.value.code == "KX642"
    assert indexes(db) == ()
    assert states(db)["0002_step"] == "failed"


@pytest.mark.usefixtures("many_beats")
def test_another_run_is_named_and_not_disturbed(db: Database) -> None:
    db.history.ensure()
    other = Lease(db.client, db.history.table)
    other.take()
    with Heartbeat(other), pytest.raises(MigrationLocked):
        run(replace(db, clock=Hurried()), folder(CREATE))
    assert states(db) == {}


def test_a_thief_of_the_lease_ends_the_run_without_a_record(db: Database) -> None:
    """After the theft, neither the operation nor the failure is recorded."""
    story = folder(CREATE, LEAD)
    run(db, story, "1")

    def steal(event: Event) -> None:
        if isinstance(event, OperationBegun) and event.number == 3:
            thief = Lease(db.client, db.history.table, duration=30)
            held = db.history.holder()
            while not thief._try(held):
                held = db.history.holder()

    with pytest.raises(LeaseLost):
        run(db, story, tell=steal)
    record = db.history.read()["0002_step"]
    assert (record.state, record.done) == ("running", 2)


def test_a_killed_run_is_resumed(db: Database) -> None:
    """kill -9 records nothing more, and the lease ends by itself."""
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)

    class Killed(BaseException):
        pass

    def kill(event: Event) -> None:
        if isinstance(event, OperationBegun) and event.number == 2:
            raise Killed

    with pytest.raises(Killed):
        run(db, story, tell=kill)
    assert states(db)["0002_step"] == "running"
    assert run(db, story).finished
    assert states(db)["0002_step"] == "applied"


def test_a_changed_file_of_an_applied_revision_is_refused(db: Database) -> None:
    run(db, folder(CREATE, LEAD))
    with pytest.raises(MigrationError, match="0002_step was applied as sha256") as raised:
        run(db, folder(CREATE, BOTH))
    assert raised.value.code == "KX646"


def test_a_history_of_other_files_is_refused(db: Database) -> None:
    run(db, folder(CREATE, LEAD))
    with pytest.raises(MigrationError, match="the history holds 0002_step") as raised:
        run(db, folder(CREATE))
    assert raised.value.code == "KX652"


def test_an_old_writer_is_found_and_nothing_is_recorded_as_applied(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)

    class Writing:
        """Whenever the table has been read to its end, an old program writes one more item."""

        def __init__(self, client: Any) -> None:
            self.client = client
            self.written = 1000

        def __getattr__(self, name: str) -> Any:
            return getattr(self.client, name)

        def scan(self, **request: Any) -> Any:
            page = self.client.scan(**request)
            if not page.get("LastEvaluatedKey") and "Segment" in request:
                self.written += 1
                fill_one(self.client, request["TableName"], self.written)
            return page

    def fill_one(client: Any, table: str, number: int) -> None:
        item = {
            "pk": {"S": "t"},
            "sk": {"S": str(number)},
            "ts": {"S": str(number)},
            "lead": {"S": "L"},
            "tenant": {"S": "t"},
        }
        client.put_item(TableName=table, Item=item)

    with pytest.raises(MigrationError) as raised:
        run(replace(db, client=Writing(db.client)), story)
    assert raised.value.code == "KX622"
    assert states(db)["0002_step"] == "failed"
    assert indexes(db) == ()
    assert run(db, story).finished
