"""Rows that only the lease's holder writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from kxmodel.errors import LeaseLost, MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.history import History, Record
from kxmodel.migrate.lease import Lease
from kxmodel.migrate.schema import Control, create_table
from kxmodel.migrate.state import TableState
from tests.migrate.clocks import Turned

if TYPE_CHECKING:
    from kxmodel.migrate.names import Names

ROW = Record(
    revision="0002_messages_by_lead",
    state="applied_with_exceptions",
    checksum="sha256:ab",
    done=3,
    total=3,
    who="ann",
    host="mill (process 7)",
    tool="0.1.0",
    started="2026-01-01T00:00:00Z",
    ended="2026-01-01T00:01:00Z",
    counts={"scanned": 10, "bad": 1},
    exceptions=('{"contact_pk": "a#b"}',),
)


@pytest.fixture
def history(control: Control, names: Names) -> History:
    made = History(control, names.history_table)
    made.ensure()
    return made


def taken(history: History) -> Lease:
    lease = Lease(history.control.client, history.table, Turned(), duration=30, request_timeout=5)
    lease.take()
    return lease


def test_reading_creates_nothing(control: Control, names: Names) -> None:
    history = History(control, names.history_table)
    assert history.read() == {}
    assert history.holder() is None
    assert history.wishes().paused_by is None
    assert not history.exists()


def test_a_row_comes_back_as_it_was_written(history: History) -> None:
    lease = taken(history)
    small = Record("0001_a", "running", "sha256:cd", 0, 2)
    history.write(ROW, lease)
    history.write(small, lease)
    assert list(history.read().values()) == [small, ROW]
    holder = history.holder()
    assert holder is not None
    assert holder.owner == lease.owner
    lease.release()
    assert history.holder() is None


def test_a_row_that_others_wrote_is_named(history: History) -> None:
    """By hand, or by a restore of some attributes."""
    half = {"kind": {"S": "revision"}, "name": {"S": "0002_half"}, "state": {"S": "applied"}}
    history.control.client.put_item(TableName=history.table, Item=half)
    with pytest.raises(
        MigrationError, match=r"the row of 0002_half in .* has no revision, checksum"
    ):
        history.read()


def test_the_lease_is_no_revision(history: History) -> None:
    taken(history)
    assert history.read() == {}


def test_a_holder_that_has_not_noticed_its_loss_writes_nothing(history: History) -> None:
    stale = taken(history)
    history.write(ROW, stale)
    thief = Lease(history.control.client, history.table, Turned(), duration=30)
    thief.take()
    stale.check()  # by its own clock it still has time
    with pytest.raises(LeaseLost) as raised:
        history.write(replace(ROW, state="applied"), stale)
    assert raised.value.code == "KX641"
    assert history.read() == {ROW.revision: ROW}
    history.write(replace(ROW, state="applied"), thief)


def test_a_holder_whose_time_is_over_sends_nothing(history: History) -> None:
    clock = Turned()
    lease = Lease(history.control.client, history.table, clock, duration=30, request_timeout=5)
    lease.take()
    clock.turn(26)
    with pytest.raises(LeaseLost):
        history.write(ROW, lease)
    assert history.read() == {}


class Scripted:
    """A client whose transactions first fail as told."""

    def __init__(self, client: Any, *errors: Exception) -> None:
        self.client = client
        self.errors = list(errors)
        self.committed = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def transact_write_items(self, **request: Any) -> Any:
        error = self.errors.pop(0) if self.errors else None
        if error is not None and not isinstance(error, ReadTimeoutError):
            raise error
        reply = self.client.transact_write_items(**request)
        self.committed += 1
        if error is not None:
            raise error
        return reply


def cancelled(*codes: str) -> ClientError:
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""
    response = {
        "Error": {
            "Code": "TransactionCanceledException",
            "Message": f"Transaction cancelled, please refer cancellation reasons [{codes}]",
        },
        "CancellationReasons": [{"Code": code} for code in codes],
    }
    return ClientError(response, "TransactWriteItems")  # type: ignore[arg-type]


def test_conflicts_and_lost_replies_are_sent_again(history: History) -> None:
    lease = taken(history)
    client = Scripted(
        history.control.client,
        cancelled("TransactionConflict", "None"),
        cancelled("None", "ThrottlingError"),
        ReadTimeoutError(endpoint_url="http://x"),
    )
    again = History(replace(history.control, client=client, clock=Turned()), history.table)
    again.write(ROW, lease)
    assert client.committed == 2
    assert history.read() == {ROW.revision: ROW}


def test_another_cancellation_is_told(history: History) -> None:
    client = Scripted(history.control.client, cancelled("None", "ValidationError"))
    again = History(replace(history.control, client=client, clock=Turned()), history.table)
    with pytest.raises(MigrationError, match="could not record 0002_messages_by_lead") as raised:
        again.write(ROW, taken(history))
    assert raised.value.code == "KX651"


def test_a_table_of_others_is_left_alone(control: Control, names: Names) -> None:
    create_table(control, names.history_table, TableState("theirs", KeyAttribute("id")))
    with pytest.raises(MigrationError, match="its key is id") as raised:
        History(control, names.history_table).ensure()
    assert raised.value.code == "KX643"


def test_wishes_reach_the_holder_with_its_heartbeat(history: History) -> None:
    lease = taken(history)
    history.wish(
        "SET #p = :p, #r = :r",
        {"#p": "paused_by", "#r": "max_wcu"},
        {":p": {"S": "bo"}, ":r": {"N": "250"}},
    )
    assert lease.wishes.paused_by is None
    lease.renew()
    assert (lease.wishes.paused_by, lease.wishes.max_wcu) == ("bo", 250)
    assert history.wishes() == lease.wishes


def test_a_pause_outlives_the_run_and_a_rate_does_not(history: History) -> None:
    taken(history)
    history.wish(
        "SET #p = :p, #r = :r",
        {"#p": "paused_by", "#r": "max_wcu"},
        {":p": {"S": "bo"}, ":r": {"N": "250"}},
    )
    later = taken(history)
    assert (later.wishes.paused_by, later.wishes.max_wcu) == ("bo", None)


def test_without_a_run_there_is_nothing_to_wish(history: History) -> None:
    with pytest.raises(MigrationError) as raised:
        history.wish("SET #p = :p", {"#p": "paused_by"}, {":p": {"S": "bo"}})
    assert raised.value.code == "KX655"
