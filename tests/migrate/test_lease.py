"""One holder at a time, without comparing two machines' clocks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import pytest
from botocore.exceptions import CredentialRetrievalError, EndpointConnectionError

from kxmodel.errors import LeaseLost, MigrationError, MigrationLocked
from kxmodel.migrate.history import History
from kxmodel.migrate.holder import Holder, read_holder
from kxmodel.migrate.lease import Heartbeat, Lease
from kxmodel.testing.faults import Fault, FaultyClient, Rule, between, lost_reply, throttled
from tests.migrate.clocks import Hurried, Turned
from tests.waiting import wait_for

if TYPE_CHECKING:
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.schema import Control, ControlClient


@pytest.fixture
def table(control: Control, names: Names) -> str:
    History(control, names.history_table).ensure()
    return names.history_table


def lease(control: Control, table: str, clock: Turned | None = None) -> Lease:
    return Lease(control.client, table, clock or Turned(), duration=30, request_timeout=10)


def test_a_free_lease_is_taken_and_given_back(control: Control, table: str) -> None:
    first, second = lease(control, table), lease(control, table)
    first.take()
    first.check()
    first.release()
    with pytest.raises(LeaseLost):
        first.check()
    second.take()
    assert (first.token, second.token) == (1, 2)


def test_a_living_holder_is_named(control: Control, table: str) -> None:
    first = lease(control, table)
    first.take()
    told: list[Holder] = []
    clock = Turned(start=5.0, during=first.renew)
    with pytest.raises(MigrationLocked, match=r"held by .* since 2026-01-01") as raised:
        lease(control, table, clock).take(told=told.append)
    assert raised.value.code == "KX640"
    assert len(told) == 1
    assert told[0].owner == first.owner
    first.check()


def test_a_dead_holder_is_waited_for_by_the_takers_own_clock(control: Control, table: str) -> None:
    first = lease(control, table, Turned(start=10.0**9))
    first.take()
    clock = Turned(start=-4.0)
    second = lease(control, table, clock)
    second.take()
    assert clock.time - -4.0 > 30, "the holder's declared duration was not waited for"
    assert clock.time - -4.0 < 36
    assert second.token == first.token + 1


def test_the_wait_begins_anew_with_each_heartbeat(control: Control, table: str) -> None:
    first = lease(control, table)
    first.take()
    clock = Turned(start=0.0)

    def beat() -> None:
        if clock.time <= 100:
            first.renew()

    clock.during = beat
    second = lease(control, table, clock)
    second.take(wait=True)
    assert clock.time > 130


def test_waiting_for_a_living_holder_can_be_broken_off(control: Control, table: str) -> None:
    first = lease(control, table)
    first.take()
    clock = Turned(during=first.renew)

    def stop() -> None:
        if clock.time > 1100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lease(control, table, clock).take(wait=True, check=stop)


def test_a_stale_holder_cannot_renew_or_release(control: Control, table: str) -> None:
    first, second = lease(control, table), lease(control, table)
    first.take()
    second.take()
    with pytest.raises(LeaseLost):
        first.renew()
    with pytest.raises(LeaseLost):
        first.check()
    first._taken = True  # a holder that has not noticed
    first.release()
    held = read_holder(control.client, table, Turned())
    assert held is not None
    assert held.owner == second.owner


def test_the_holder_stops_before_its_time_is_over(control: Control, table: str) -> None:
    clock = Turned()
    held = lease(control, table, clock)
    held.take()
    clock.turn(19.9)
    held.check()
    clock.turn(0.2)
    assert held.remaining == 0
    with pytest.raises(LeaseLost):
        held.check()


def test_a_heartbeat_counts_from_before_it_was_sent(control: Control, table: str) -> None:
    """A reply that took long must not stretch the lease."""
    clock = Turned()

    class Slow:
        def update_item(self, **request: object) -> object:
            reply = control.client.update_item(**request)
            clock.turn(8)
            return reply

    held = lease(control, table, clock)
    held.take()
    held.client = Slow()  # type: ignore[assignment]
    held.renew()
    assert held.remaining == pytest.approx(12)


def test_a_lost_reply_to_the_taking_is_no_lost_lease(control: Control, table: str) -> None:
    from botocore.exceptions import ReadTimeoutError

    class Losing:
        lost = False

        def get_item(self, **request: object) -> object:
            return control.client.get_item(**request)

        def update_item(self, **request: object) -> object:
            reply = control.client.update_item(**request)
            if not self.lost:
                self.lost = True
                raise ReadTimeoutError(endpoint_url="http://x")
            return reply

    clock = Turned()
    held = lease(control, table, clock)
    held.client = Losing()  # type: ignore[assignment]
    held.take()
    assert clock.time - 1000 < 1, "it waited for itself"
    held.check()


@pytest.mark.parametrize(
    "reason",
    [
        EndpointConnectionError(endpoint_url="http://x"),
        CredentialRetrievalError(provider="sso", error_msg="not now"),
    ],
)
def test_a_heartbeat_that_cannot_be_sent_is_survived_until_the_end(
    control: Control, table: str, reason: Exception
) -> None:
    class Cut:
        def update_item(self, **_: object) -> object:
            raise reason

    clock = Turned()
    held = lease(control, table, clock)
    held.take()
    held.client = Cut()  # type: ignore[assignment]
    clock.turn(15)
    held.renew()
    held.check()
    clock.turn(6)
    with pytest.raises(LeaseLost):
        held.check()


@pytest.mark.usefixtures("many_beats")
def test_of_many_takers_one_wins(control: Control, table: str) -> None:
    taken: list[Lease] = []
    refused: list[MigrationLocked] = []

    def run() -> None:
        mine = Lease(control.client, table, Hurried())
        try:
            mine.take()
        except MigrationLocked as error:
            refused.append(error)
        else:
            taken.append(mine)
            with Heartbeat(mine):
                wait_for(lambda: len(refused) + len(taken) == 6)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1
    assert len(refused) == 5
    taken[0].check()


@pytest.mark.parametrize("fault", [throttled(), lost_reply()], ids=["throttled", "lost"])
def test_a_free_lease_is_reached_for_so_often_and_no_more(
    control: Control, table: str, fault: Fault
) -> None:
    client = FaultyClient(control.client, [Rule(fault, "update_item")])
    clock = Turned(start=0.0)
    with pytest.raises(MigrationError, match="could not be taken in 30 tries") as raised:
        Lease(cast("ControlClient", client), table, clock, duration=30).take()
    assert raised.value.code == "KX651"
    assert 10 < clock.time < 60
    client = FaultyClient(control.client, [Rule(fault, "update_item", between(1, 5))])
    Lease(cast("ControlClient", client), table, Turned(), duration=30).take()


@pytest.mark.usefixtures("many_beats")
def test_the_heartbeat_keeps_a_lease_and_tells_of_its_loss(control: Control, table: str) -> None:
    clock = Turned()
    held = lease(control, table, clock)
    held.take()
    beats: list[float] = []
    with Heartbeat(held, lambda: beats.append(held.remaining)):
        outlast(held, clock, beats)
        thief = lease(control, table)
        wait_for(lambda: thief._try(read_holder(control.client, table, clock)))
        wait_for(lambda: beats[-1] == 0)
        with pytest.raises(LeaseLost):
            held.check()


@pytest.mark.usefixtures("many_beats")
def test_who_looks_on_costs_no_run_its_lease(control: Control, table: str) -> None:
    clock = Turned()
    held = lease(control, table, clock)
    held.take()
    beats: list[float] = []

    def fail() -> None:
        beats.append(held.remaining)
        raise BrokenPipeError

    with Heartbeat(held, fail):
        outlast(held, clock, beats)


def outlast(held: Lease, clock: Turned, beats: list[float]) -> None:
    """Let twice the lease's duration pass, with heartbeats, each of which is in `beats`."""
    for _ in range(6):
        clock.turn(10)
        wait_for_two(beats)
        held.check()


def wait_for_two(beats: list[float]) -> None:
    """The second heartbeat from now on was sent after now."""
    enough = len(beats) + 2
    wait_for(lambda: len(beats) >= enough)
