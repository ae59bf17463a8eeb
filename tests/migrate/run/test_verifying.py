"""Proving a migrated table, its index as it is created, and repairing, on local engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from kxmodel.errors import IndexDiffers, MigrationError, MigrationLocked
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.files import with_schemas
from kxmodel.migrate.lease import Heartbeat, Lease
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.events import Awaited, Event, OperationEnded, RunsBeside
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.status import status
from kxmodel.migrate.run.verifying import verify
from kxmodel.migrate.schema import drop_index, set_stream, surroundings
from kxmodel.migrate.schema.compare import compare
from kxmodel.migrate.state import digest
from tests.migrate.clocks import Hurried
from tests.migrate.run.story import CREATE, DIGEST, LEAD, fill, folder

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database

QUICK = Options(workers=2, segments=2, lease_seconds=12)
STORY = folder(CREATE, LEAD)
INDEX = STORY.graph.state_after("0002_step").table("messages").indexes["GSI2"]


def filled(db: Database) -> str:
    migrate(STORY, db, "1", options=QUICK)
    fill(db)
    return db.names.table("messages")


def migrated(db: Database) -> str:
    table = filled(db)
    migrate(STORY, db, options=QUICK)
    return table


def spoil(db: Database, table: str) -> None:
    """Give one item a key that its attributes do not give."""
    db.client.update_item(
        TableName=table,
        Key={"pk": {"S": "t1"}, "sk": {"S": "00001"}},
        UpdateExpression="SET #k = :k",
        ExpressionAttributeNames={"#k": "GSI2PK"},
        ExpressionAttributeValues={":k": {"S": "elsewhere"}},
    )


class Index:
    """A client that reads the index otherwise than it is.

    lacks: the sort keys of items that are left out, in the first `lags` scans of the whole index.
    extra: an entry that its table lacks, in as many.
    """

    def __init__(self, client: Any, lacks: str = "", extra: bool = False, lags: int = 99) -> None:
        self.client = client
        self.lacks = lacks
        self.extra = extra
        self.lags = lags
        self.scans = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def scan(self, **request: Any) -> Any:
        page = self.client.scan(**request)
        if "IndexName" not in request:
            return page
        self.scans += 1
        if (self.scans - 1) // request["TotalSegments"] < self.lags:
            page["Items"] = [i for i in page["Items"] if i["sk"]["S"] != self.lacks]
            if self.extra and request["Segment"] == 0:
                names = ("pk", "sk", "GSI2PK", "GSI2SK")
                page["Items"].append({name: {"S": "not there"} for name in names})
        return page


def test_a_migrated_table_is_right(db: Database) -> None:
    migrated(db)
    (found,) = verify(STORY, db, options=QUICK)
    assert found.right
    assert found.counts["already"] == 32
    assert found.indexes[0].entries == 32
    (again,) = verify(STORY, db, options=QUICK)
    assert again == found


def test_a_stale_key_is_found_and_repaired(db: Database) -> None:
    spoil(db, migrated(db))
    (found,) = verify(STORY, db, options=QUICK)
    assert not found.right
    assert found.counts["failed"] == 1
    (mended,) = verify(STORY, db, repair=True, options=QUICK)
    assert mended.right
    assert (mended.counts["updated"], mended.counts["already"]) == (1, 31)
    assert verify(STORY, db, options=QUICK)[0].counts["already"] == 32
    assert db.history.holder() is None


def test_what_the_backfill_left_as_bad_is_bad_and_not_repaired(db: Database) -> None:
    """The schema says which value makes no key; a repair is no way around it."""
    schema = {"type": "object", "properties": {"lead": {"type": "string"}}}
    create = [CREATE[0], replace(cast("op.AddEntity", CREATE[1]), schema=digest(schema))]
    plain = folder(create, LEAD)
    snapshot = with_schemas(plain.graph.state_after("0001_step"), {digest(schema): schema})
    story = replace(plain, snapshots={"0001_step": snapshot})
    migrate(story, db, "1", options=QUICK)
    fill(db)
    odd = {"pk": {"S": "t9"}, "sk": {"S": "1"}, "ts": {"S": "1"}, "lead": {"N": "5"}}
    db.client.put_item(TableName=db.names.table("messages"), Item=odd)
    assert migrate(story, db, options=QUICK).exit_code == 4
    for repair in (False, True):
        (found,) = verify(story, db, repair=repair, options=QUICK)
        assert (found.counts["bad"], found.counts["already"]) == (1, 32)
        assert "updated" not in {name for name, count in found.counts.items() if count}
        assert len(found.bad) == 1
        assert not found.right
    key = {"pk": odd["pk"], "sk": odd["sk"]}
    there = db.client.get_item(TableName=db.names.table("messages"), Key=key)["Item"]
    assert there == odd


def test_nothing_is_left_of_it_in_the_ledger(db: Database) -> None:
    migrated(db)
    verify(STORY, db, options=QUICK)
    verify(STORY, db, repair=True, options=QUICK)
    assert db.client.scan(TableName=db.names.ledger_table)["Items"] == []


def test_only_differences_that_last_are_counted(db: Database) -> None:
    table = migrated(db)
    assert compare(db.control, table, INDEX).same
    clock = Hurried()
    client = Index(db.client, lacks="00001")
    found = compare(replace(db, client=client, clock=clock).control, table, INDEX)
    assert sum(clock.slept) > 4, "it did not look again"
    assert (found.missing, found.extra) == (1, 0)
    assert len(found.first) == 1
    assert "00001" in found.first[0]
    late = Index(db.client, lacks="00001", extra=True, lags=2)
    assert compare(replace(db, client=late, clock=clock).control, table, INDEX).same


def test_a_created_index_is_compared_before_its_step_is_done(db: Database) -> None:
    filled(db)
    told: list[Event] = []
    migrate(STORY, db, options=QUICK, tell=told.append)
    phases = [event.phase.state for event in told if isinstance(event, Awaited)]
    assert "being compared with its table" in phases
    assert [e.note for e in told if isinstance(e, OperationEnded)][-1] == (
        "32 entries, as its table says"
    )


def test_an_index_that_lags_behind_is_waited_for(db: Database) -> None:
    filled(db)
    late = replace(db, client=Index(db.client, lacks="00001", extra=True, lags=2), clock=Hurried())
    assert migrate(STORY, late, options=QUICK).revisions == ("0002_step",)


def test_an_index_that_is_not_what_its_table_says_fails_the_migration(db: Database) -> None:
    filled(db)
    wrong = replace(db, client=Index(db.client, lacks="00001", extra=True), clock=Hurried())
    with pytest.raises(IndexDiffers) as raised:
        migrate(STORY, wrong, options=QUICK)
    assert raised.value.code == "KX656"
    assert "1 missing or other, 1 without an item" in raised.value.message
    assert '"00001"' in raised.value.message
    record = db.history.read()["0002_step"]
    assert (record.state, record.done) == ("failed", 2)
    assert "GSI2 of" in (record.error or "")
    assert status(STORY, db).lines[1].standing == "failed"
    told: list[Event] = []
    assert migrate(STORY, db, options=QUICK, tell=told.append).finished
    (note,) = (event.note for event in told if isinstance(event, OperationEnded))
    assert note == "was there already; 32 entries, as its table says"


@pytest.mark.usefixtures("many_beats")
def test_a_repair_does_not_run_beside_a_migration_and_a_look_does(db: Database) -> None:
    spoil(db, migrated(db))
    lease = Lease(db.client, db.history.table)
    lease.take()
    hurried = replace(db, clock=Hurried())
    with Heartbeat(lease):
        with pytest.raises(MigrationLocked) as raised:
            verify(STORY, hurried, repair=True, options=QUICK)
        assert raised.value.code == "KX640"
        told: list[Event] = []
        (found,) = verify(STORY, db, options=QUICK, tell=told.append)
        assert found.counts["failed"] == 1
        (beside,) = (event for event in told if isinstance(event, RunsBeside))
        assert beside.holder.owner == lease.owner


@pytest.mark.parametrize("repair", [False, True])
def test_it_stops_cleanly_and_proves_nothing_then(db: Database, repair: bool) -> None:
    spoil(db, migrated(db))
    stop = StopSignal()
    stop.set("it was asked to by a test")
    (found,) = verify(STORY, db, repair=repair, options=QUICK, stop=stop)
    assert not found.finished
    assert not found.right
    assert found.reason == "it was asked to by a test"
    assert found.indexes == ()
    assert db.history.holder() is None
    assert verify(STORY, db, options=QUICK)[0].counts["failed"] == 1


def test_it_stops_in_the_middle_of_a_comparison(db: Database) -> None:
    migrated(db)
    stop = StopSignal()

    def tell(event: Event) -> None:
        if isinstance(event, Awaited):
            stop.set("enough")

    (found,) = verify(STORY, db, options=QUICK, tell=tell, stop=stop)
    assert (found.finished, found.reason) == (False, "enough")
    assert found.counts["already"] == 32
    assert found.indexes == ()


def test_a_missing_index_is_no_traceback(db: Database) -> None:
    table = migrated(db)
    drop_index(db.control, table, "GSI2")
    with pytest.raises(MigrationError) as raised:
        verify(STORY, db, options=QUICK)
    assert raised.value.code in ("KX643", "KX651")


def test_a_missing_table_is_no_traceback(db: Database) -> None:
    db.client.delete_table(TableName=migrated(db))
    with pytest.raises(MigrationError):
        verify(STORY, db, options=QUICK)


@pytest.mark.parametrize("repair", [False, True])
def test_a_database_without_any_backfill_can_be_proved(db: Database, repair: bool) -> None:
    keyed = op.AddEntity(
        "messages",
        "Message",
        keys={"pk": "${tenant}", "sk": "${ts}"},
        schema=DIGEST,
        indexes={"GSI2": {"keys": {"GSI2PK": "${lead}", "GSI2SK": "${ts}"}}},
    )
    story = folder([CREATE[0], keyed, LEAD[2]])
    migrate(story, db, options=QUICK)
    fill(db)
    (found,) = verify(story, db, repair=repair, options=QUICK)
    assert found.right is repair
    assert found.indexes[0].entries == (32 if repair else 0)


def test_what_keeps_the_second_index_from_being_made_is_found_before_the_first(
    db: Database,
) -> None:
    two = [LEAD[-1], op.CreateIndex("messages", "GSI3", hash=("n", "N"))]
    table = filled(db)
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}, "n": {"S": "1"}}
    db.client.put_item(TableName=table, Item=item)
    with pytest.raises(MigrationError, match="n is of type S, not N") as raised:
        migrate(folder(CREATE, two), db, options=QUICK)
    assert raised.value.code == "KX642"
    assert surroundings(db.control, table).indexes == ()


def test_repairs_that_are_felt_elsewhere_are_refused_until_told(db: Database) -> None:
    table = migrated(db)
    spoil(db, table)
    set_stream(db.control, table, "NEW_IMAGE")
    with pytest.raises(MigrationError, match="has a stream") as raised:
        verify(STORY, db, repair=True, options=QUICK)
    assert raised.value.code == "KX644"
    (looked,) = verify(STORY, db, options=QUICK)
    assert looked.counts["failed"] == 1, "to look needs no leave"
    (repaired,) = verify(STORY, db, repair=True, options=replace(QUICK, accept_stream_events=True))
    assert repaired.right


def test_a_run_that_goes_on_with_its_proof_is_refused_too(db: Database) -> None:
    """What the proof finds it repairs."""
    table = filled(db)

    def stop_at_the_proof(event: Event) -> None:
        if isinstance(event, OperationEnded):
            stop.set("the keys are filled")

    stop = StopSignal()
    stopped = migrate(STORY, db, options=QUICK, tell=stop_at_the_proof, stop=stop)
    assert not stopped.finished
    assert status(STORY, db).lines[-1].record.done == 1  # type: ignore[union-attr]
    set_stream(db.control, table, "NEW_IMAGE")
    with pytest.raises(MigrationError, match="KX644"):
        migrate(STORY, db, options=QUICK)
