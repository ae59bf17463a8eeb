"""Stopped and paused runs, on local engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.run.events import Event, OperationBegun, OperationEnded, Paused
from kxmodel.migrate.run.remote import pause, resume
from kxmodel.testing.faults import (
    Answer,
    Call,
    FaultyClient,
    Rule,
    at,
    meanwhile,
    short_page,
    throttled,
)
from tests.migrate.clocks import Hurried, Turned
from tests.migrate.run.story import CREATE, LEAD, fill, folder
from tests.migrate.run.test_runner import run
from tests.waiting import wait_for

if TYPE_CHECKING:
    from typing import Any

    from kxmodel.migrate.run.database import Database


def heard(db: Database) -> None:
    """Wait until the run has heard what is wished: by the second heartbeat, the first is answered."""

    def beat() -> int:
        holder = db.history.holder()
        return -1 if holder is None else holder.beat

    enough = beat() + 2
    wait_for(lambda: beat() >= enough)


def test_a_stop_signal_ends_it_cleanly_and_the_rest_is_resumed(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)
    stop = StopSignal()

    def tell(event: Event) -> None:
        if isinstance(event, OperationEnded) and event.number == 1:
            stop.set("interrupted")

    outcome = run(db, story, tell=tell, stop=stop)
    assert (outcome.exit_code, outcome.reason) == (3, "interrupted")
    record = db.history.read()["0002_step"]
    assert (record.state, record.done, record.note) == ("paused", 1, "interrupted")
    told: list[Event] = []
    assert run(db, story, tell=told.append).finished
    assert [event.number for event in told if isinstance(event, OperationBegun)] == [2, 3]


@pytest.mark.usefixtures("many_beats")
def test_a_pause_holds_the_run_and_a_resume_lets_it_go_on(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    fill(db)
    told: list[Event] = []

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, OperationBegun) and event.number == 1:
            pause(db)
            heard(db)
        if isinstance(event, Paused):
            resume(db)

    assert run(replace(db, clock=Hurried()), story, tell=tell).finished
    assert any(isinstance(event, Paused) for event in told)


def test_a_paused_environment_is_not_migrated_past_its_time(db: Database) -> None:
    story = folder(CREATE, LEAD)
    run(db, story, "1")
    pause(db)
    outcome = run(replace(db, clock=Turned()), story, max_seconds=1)
    assert outcome.exit_code == 3
    assert "paused by" in (outcome.reason or "")
    resume(db)
    assert run(db, story).finished


@pytest.mark.usefixtures("many_beats")
def test_a_pause_also_holds_what_is_read_for_an_index(db: Database) -> None:
    run(db, folder(CREATE), "1")
    fill(db)
    told: list[Event] = []

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, Paused):
            resume(db)

    def hold() -> None:
        pause(db)
        heard(db)

    rules = [
        Rule(meanwhile(hold), "scan", at(1), lambda request: "Limit" not in request),
        Rule(short_page(3), "scan", only=lambda request: "Limit" not in request),
    ]
    client = cast("Any", FaultyClient(db.client, rules))
    faulty = replace(db, client=client, clock=Hurried())
    assert run(faulty, folder(CREATE, LEAD), tell=tell).finished
    kinds = [type(event).__name__ for event in told]
    began = max(n for n, event in enumerate(told) if isinstance(event, OperationBegun))
    ended = max(n for n, event in enumerate(told) if isinstance(event, OperationEnded))
    assert kinds.count("Paused") == kinds.count("Resumed") == 1
    assert began < kinds.index("Paused") < kinds.index("Resumed") < ended


def test_a_stop_ends_it_amid_a_storm(db: Database) -> None:
    """Ten minutes of throttling would be borne otherwise."""
    run(db, folder(CREATE), "1")
    fill(db)
    stop = StopSignal()

    def storm(call: Call) -> Answer:
        stop.set("the test says so")
        return throttled("TableReadAccountLimitExceeded")(call)

    rules = [Rule(storm, "scan", only=lambda request: "Limit" not in request)]
    faulty = replace(db, client=cast("Any", FaultyClient(db.client, rules)))
    outcome = run(faulty, folder(CREATE, LEAD), stop=stop)
    assert (outcome.finished, outcome.reason) == (False, "the test says so")
    assert run(db, folder(CREATE, LEAD)).finished
