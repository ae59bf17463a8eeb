"""Runs that are stopped, killed, robbed and lied to, on a table whose writers never rest.

The machine holds what the writers left; after every sequence the migration comes through, and the ten
promises are asserted.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as prove

from kxmodel.engines import RunningEngine
from kxmodel.errors import KxError
from kxmodel.migrate.backfill import StopSignal
from kxmodel.migrate.names import Names
from kxmodel.testing.faults import (
    READS,
    WRITES,
    Fault,
    Killed,
    Rule,
    SkewedClock,
    at,
    between,
    cancelled,
    empty_page,
    internal_error,
    killed,
    lost_reply,
    lost_request,
    meanwhile,
    refused,
    repeated_items,
    repeated_page,
    short_page,
    slow,
    statements_fail,
    throttled,
)
from kxmodel.testing.tables import new_prefix
from tests.migrate import promises
from tests.migrate.backfill.bench import client_of, message
from tests.migrate.requests import Key
from tests.migrate.world import Leaping, World

BATCH, SCAN, RECORD = "batch_execute_statement", "scan", "transact_write_items"

#: Faults that the engine has to come through, and the requests that they befall.
FAULTS: dict[str, tuple[Callable[[], Fault], Any]] = {
    "request lost": (lost_request, WRITES | READS),
    "reply lost": (lost_reply, WRITES | READS),
    "internal": (internal_error, WRITES | READS),
    "internal, done": (lambda: internal_error(done=True), WRITES),
    "unavailable": (lambda: refused("ServiceUnavailable"), WRITES | READS),
    "throttled": (throttled, WRITES | READS),
    "hot": (lambda: throttled("TableWriteKeyRangeThroughputExceeded"), WRITES),
    "account": (lambda: throttled("TableReadAccountLimitExceeded"), READS),
    "conflict": (lambda: refused("TransactionConflictException"), {BATCH, "update_item"}),
    "empty page": (empty_page, SCAN),
    "short page": (short_page, SCAN),
    "page twice": (repeated_page, SCAN),
    "items twice": (repeated_items, SCAN),
    "statements throttled": (lambda: statements_fail("ThrottlingError", share=0.5), BATCH),
    "statements lost": (
        lambda: statements_fail("InternalServerError", share=0.5, done=True),
        BATCH,
    ),
    "statements conflict": (lambda: statements_fail("TransactionConflict", share=0.3), BATCH),
    "cancelled": (lambda: cancelled("TransactionConflict"), RECORD),
}

PLACES = st.integers(0, 10**6)
WHENS = st.one_of(
    st.integers(1, 30).map(at),
    st.integers(2, 4).map(lambda count: lambda number, _: number < 60 and number % count == 0),
    st.tuples(st.integers(1, 10), st.integers(0, 2)).map(lambda w: between(w[0], w[0] + w[1])),
)
#: An act of a writer amid a run: what, on which message, before which of the requests.
ACTS = st.tuples(
    st.sampled_from(["lead", "no lead", "text", "delete", "new"]),
    PLACES,
    st.sampled_from([BATCH, "update_item", SCAN, RECORD, "get_item"]),
    st.integers(1, 12),
)


class Life(RuleBasedStateMachine):
    """client: of the engine that all examples share; to make one takes as long as to use it."""

    client: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.client, Names(new_prefix()))
        self.next = 1000
        self.began = False

    def teardown(self) -> None:
        try:
            if self.world.truth or self.began:
                self._settle()
        finally:
            self.world.drop()

    def _settle(self) -> None:
        for _ in range(3):
            try:
                if self.world.run().finished:
                    break
            except KxError:  # the lease or the units were a thief's until now
                continue
        promises.all_are_kept(self.world.evidence())
        assert self.world.run().revisions == (), "there is nothing left to run"

    @initialize(count=st.integers(0, 70), contacts=st.integers(1, 12))
    def legacy(self, count: int, contacts: int) -> None:
        self.world.create(message(n, contacts=contacts) for n in range(count))
        self.began = True

    def _key(self, place: int) -> Key:
        keys = sorted(self.world.truth)
        return keys[place % len(keys)] if keys else ("", "")

    def _act(self, what: str, place: int) -> None:
        if what == "new":
            self.next += 1
            self.world.put(self.next)
        elif what == "delete":
            self.world.delete(self._key(place))
        elif what == "text":
            self.world.say(self._key(place), f"text {place}")
        else:
            self.world.change(self._key(place), f"lead{place % 9}" if what == "lead" else None)

    @rule(what=st.sampled_from(["lead", "no lead", "text", "delete", "new"]), place=PLACES)
    def write(self, what: str, place: int) -> None:
        self._act(what, place)

    # How far a run comes is a matter of time: what depends on it is asked within a rule, so that the
    # choice of rules stays hypothesis' own.

    @rule()
    def write_as_an_old_program(self) -> None:
        if not self._filled:
            self.next += 1
            self.world.put_old(self.next)

    @rule()
    def write_a_lead_that_is_no_text(self) -> None:
        if not self._filled:
            self.next += 5
            self.world.put_old(self.next - self.next % 5 + 1, lead_id={"L": []})

    @property
    def _applied(self) -> bool:
        record = self.world.record()
        return record is not None and record.applied

    @property
    def _filled(self) -> bool:
        """Whether the backfill is recorded as done: its proof may be under way."""
        record = self.world.record()
        return record is not None and record.done > 0

    @rule(
        acts=st.lists(ACTS, max_size=4),
        faults=st.lists(st.tuples(st.sampled_from(sorted(FAULTS)), WHENS), max_size=3),
        end=st.sampled_from(
            ["", "stop", "kill before", "kill after", "too slow", "no lease", "no units"]
        ),
        place=st.integers(1, 60),
        path=st.sampled_from(["auto", "auto", "update"]),
        rate=st.sampled_from([None, None, 300.0]),
        seed=st.integers(0, 99),
        skew=st.sampled_from([1.0, 0.5, 3.0]),
    )
    def run(
        self,
        acts: Any,
        faults: Any,
        end: str,
        place: int,
        path: str,
        rate: float | None,
        seed: int,
        skew: float,
    ) -> None:
        if self._applied:
            return
        stop, clock = StopSignal(), SkewedClock(Leaping(), offset=-100.0, rate=skew)
        ends: dict[str, Fault] = {
            "stop": meanwhile(lambda: stop.set("a slice is enough")),
            "kill before": killed(),
            "kill after": killed(after=True),
            "too slow": slow(60.0, clock.sleep),
            "no lease": meanwhile(self.world.steal_lease),
            "no units": meanwhile(self.world.steal_ledger),
        }
        rules = [Rule(ends[end], when=at(place))] if end else []
        for what, where, operation, number in acts:
            action = meanwhile(lambda what=what, where=where: self._act(what, where))
            rules.append(Rule(action, on=operation, when=at(number)))
        rules += [Rule(FAULTS[name][0](), on=FAULTS[name][1], when=when) for name, when in faults]
        # Only what was done to a run may end it with an error, and only with one of the package's own.
        ends_of_a_run = (Killed, KxError) if end or faults else ()
        with suppress(*ends_of_a_run):
            self.world.run(rules, seed=seed, clock=clock, stop=stop, write_path=path, max_wcu=rate)

    @invariant()
    def nobody_was_brought_back(self) -> None:
        if self.began:
            assert self.world.items().keys() == self.world.truth.keys()


def _prove(dynoxide: RunningEngine, examples: int, steps: int) -> None:
    Life.client = client_of(dynoxide.endpoint_url)
    prove(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            phases=[Phase.generate],
        ),
    )


def test_a_short_life(dynoxide: RunningEngine) -> None:
    _prove(dynoxide, examples=6, steps=6)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_long_lives(dynoxide: RunningEngine, part: int) -> None:
    """Each part draws its own, so that they may run side by side."""
    _prove(dynoxide, examples=int(os.environ.get("KXMODEL_EXAMPLES", "80")) // 4, steps=15)
