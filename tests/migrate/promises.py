"""The ten promises of the backfill engine, each as an assertion over what a run left behind.

One function a promise, in the order of the design's list. All are held after every proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kxmodel.migrate.backfill import Counts
from kxmodel.migrate.backfill.unit import Unit
from kxmodel.migrate.history import APPLIED, Record
from kxmodel.migrate.tasks import Task
from kxmodel.testing.faults import Entry
from tests.migrate import requests
from tests.migrate.requests import Key, Wire

Table = Mapping[Key, Wire]


@dataclass(frozen=True)
class Window:
    """One run: between these moments it may spend so many write units a second, or any number."""

    began: float
    ended: float
    max_wcu: float | None = None
    workers: int = 1


@dataclass(frozen=True)
class Evidence:
    """What is known after a migration has come through, whatever was done to it.

    task: what it had to do. sources: the attributes that its keys are made of. expected: what an item
    has to be in the end, by a rule of the test's own. truth: the items as their writers left them,
    which is all there would be without a migration. after: what is stored. log: every request of every
    run, thieves included. again: a further run's counts and requests. record: what the history says.
    """

    task: Task
    keys: tuple[str, ...]
    sources: frozenset[str]
    expected: Callable[[Wire], Wire]
    truth: Table
    after: Table
    log: Sequence[Entry]
    table: str
    ledger: str
    history: str
    record: Record
    again: Counts
    again_log: Sequence[Entry]
    windows: Sequence[Window] = field(default=())


def only_declared_attributes_change(run: Evidence) -> None:
    """1."""
    declared = run.task.writes
    for entry in run.log:
        for write in requests.writes(entry, run.table, run.keys):
            assert write.changed <= declared, f"{write.changed - declared} of {write.key}"
    for key in run.truth.keys() & run.after.keys():
        assert _without(run.after[key], declared) == _without(run.truth[key], declared)


def a_concurrent_write_is_never_overwritten(run: Evidence) -> None:
    """2. Every source and every old value stands in the condition; what writers left is there."""
    for entry in run.log:
        for write in requests.writes(entry, run.table, run.keys):
            needed = run.sources | write.changed
            assert needed <= write.guarded, f"{write.key} lacks {needed - write.guarded}"
    for key in run.truth.keys() & run.after.keys():
        for name in run.sources:
            assert run.after[key].get(name) == run.truth[key].get(name)


def no_item_is_created_or_brought_back(run: Evidence) -> None:
    """3."""
    assert run.after.keys() <= run.truth.keys(), run.after.keys() - run.truth.keys()
    assert run.truth.keys() <= run.after.keys(), run.truth.keys() - run.after.keys()


def every_item_has_the_key_its_attributes_give(run: Evidence) -> None:
    """4."""
    assert run.record.applied
    for key, item in run.truth.items():
        assert run.after[key] == run.expected(item), key


def a_second_run_writes_nothing(run: Evidence) -> None:
    """5."""
    assert run.again.scanned == len(run.after)
    assert run.again.updated == run.again.failed == 0
    for entry in run.again_log:
        assert not requests.writes(entry, run.table, run.keys)


def a_checkpoint_never_passes_unacknowledged_work(run: Evidence) -> None:
    """6. What was read, needs a write and has none yet lies ahead of an open unit's cursor."""
    book = _Book(run)
    for entry in run.log:
        book.enter(entry)
        found = requests.units_written(entry, run.ledger)
        if found is None or found[0] != book.name:
            continue
        book.units.update({unit.name: unit for unit in found[1]})
        passed = book.passed()
        given_up = sum(unit.counts.failed + unit.counts.bad for unit in book.units.values())
        assert len(passed) <= given_up, f"{found} passed {sorted(passed)}"


def counts_add_up(run: Evidence) -> None:
    """7. scanned = updated + already + skipped + gone + bad + failed, of every unit and of all."""
    assert Counts.from_json({**run.record.counts}).balanced
    assert run.again.balanced
    for entry in run.log:
        found = requests.checkpoint(entry, run.ledger)
        for unit in found.units if found else ():
            assert unit.counts.balanced, unit


def a_stale_holder_records_nothing(run: Evidence) -> None:
    """8. Every checkpoint and every row of the history was written with the latest token."""
    latest: dict[str, str] = {}
    owner = None
    for entry in run.log:
        if found := requests.opened(entry, run.ledger):
            latest[found[0]] = str(found[1])
        if written := requests.checkpoint(entry, run.ledger):
            assert str(written.token) == latest[written.run]
        owner = _taken(entry, run.history) or owner
        if requests.recorded(entry, run.history) is not None:
            values = entry.parameters["TransactItems"][0]["ConditionCheck"]
            assert values["ExpressionAttributeValues"][":token"] == owner


def the_rate_stays_in_its_budget(run: Evidence) -> None:
    """9. One second's worth at the start, and beyond it what the last requests overdraw.

    Every statement counts, those whose condition failed included.
    """
    costs = [
        (entry.began, len(found))
        for entry in run.log
        if (found := requests.writes(entry, run.table, run.keys)) and entry.sent
    ]
    for window in run.windows:
        if window.max_wcu is None:
            continue
        slack, spent = 2 * 25 * (window.workers + 1), 0
        for moment, cost in costs:
            if window.began <= moment <= window.ended:
                spent += cost
                assert spent <= window.max_wcu * (moment - window.began + 1) + slack


def success_is_recorded_only_after_verification(run: Evidence) -> None:
    """10. And what failed is not applied; what left bad items is applied with exceptions."""
    assert run.record.applied
    bad = run.record.counts.get("bad", 0)
    assert (run.record.state == "applied_with_exceptions") == bool(run.record.exceptions)
    assert run.record.exceptions or not (bad or run.again.bad)
    last_write, clean, opened = -1, False, dict[str, int]()
    seen: dict[str, dict[str, Unit]] = {}
    for number, entry in enumerate(run.log):
        if entry.done and requests.writes(entry, run.table, run.keys):
            last_write = number
        if (found := requests.opened(entry, run.ledger)) is not None:
            opened.setdefault(found[0], number)
        if written := requests.units_written(entry, run.ledger):
            name, units = written[0], seen.setdefault(written[0], {})
            units.update({unit.name: unit for unit in written[1]})
            if "/verify-" in name and opened.get(name, -1) > last_write:
                clean = _proved(units)
        row = requests.recorded(entry, run.history)
        if row is not None and row["revision"]["S"] == run.record.revision:
            applied = row["state"]["S"] in APPLIED
            assert clean or not applied, "applied, and not proved"
            assert not (applied and "error" in row)


PROMISES = (
    only_declared_attributes_change,
    a_concurrent_write_is_never_overwritten,
    no_item_is_created_or_brought_back,
    every_item_has_the_key_its_attributes_give,
    a_second_run_writes_nothing,
    a_checkpoint_never_passes_unacknowledged_work,
    counts_add_up,
    a_stale_holder_records_nothing,
    the_rate_stays_in_its_budget,
    success_is_recorded_only_after_verification,
)


def all_are_kept(run: Evidence) -> None:
    """All ten."""
    for promise in PROMISES:
        promise(run)


class _Book:
    """What was read, what of it is owed a write, and how far the units are, as the log goes on."""

    def __init__(self, run: Evidence) -> None:
        self._run = run
        self.name = ""
        self._places: dict[Key, list[tuple[str, int]]] = {}
        self._length: dict[str, int] = {}
        self._owed: set[Key] = set()
        self.units: dict[str, Unit] = {}

    def enter(self, entry: Entry) -> None:
        run = self._run
        found = requests.opened(entry, run.ledger)
        if found is not None and found[0] != self.name:
            # Another pass: it begins with nothing read and nothing owed.
            self.name, self._places, self._length = found[0], {}, {}
            self._owed, self.units = set(), {}
        self._begin_anew(entry)
        for segment, item in requests.reads(entry, run.table):
            key = requests.key_of(item, run.keys)
            self._judge(key, item)
            if segment is not None:
                place = self._length.get(segment, 0)
                self._length[segment] = place + 1
                self._places.setdefault(key, []).append((segment, place))
        gone = requests.missed(entry, run.table, run.keys)
        done = [w.key for w in requests.writes(entry, run.table, run.keys) if w.acknowledged]
        self._owed.difference_update(done if gone is None else [*done, gone])

    def _begin_anew(self, entry: Entry) -> None:
        """A scan from an earlier place reads again what lies behind it, as far as it still exists."""
        segment = requests.segment_of(entry, self._run.table)
        if segment is None:
            return
        start = entry.parameters.get("ExclusiveStartKey")
        known = self._places.get(requests.key_of(start, self._run.keys), []) if start else []
        place = max((place for name, place in known if name == segment), default=-1)
        self._owed -= {
            key
            for key in self._owed
            if all(name == segment and later > place for name, later in self._places[key])
        }

    def _judge(self, key: Key, item: Wire) -> None:
        if self._run.task.judge(item).writes:
            self._owed.add(key)
        else:
            self._owed.discard(key)

    def passed(self) -> set[Key]:
        """What is owed and will be read by no unit any more."""
        ends = {name: self._end(unit) for name, unit in self.units.items()}
        return {
            key
            for key in self._owed
            if all(place <= ends.get(segment, -1.0) for segment, place in self._places[key])
        }

    def _end(self, unit: Unit) -> float:
        """The place in its segment up to which a unit is done."""
        assert unit.range is None, "no key of these tables is heavy enough to be split"
        if unit.done:
            return float("inf")
        if unit.cursor is None:
            return -1.0
        places = self._places[requests.key_of(unit.cursor, self._run.keys)]
        return max(place for segment, place in places if segment == unit.name)


def _taken(entry: Entry, history: str) -> Any:
    """The token with which the lease was taken, lawfully or by a thief."""
    if not entry.done or entry.operation != "update_item":
        return None
    request = entry.parameters
    if request["TableName"] != history or "token" not in request["UpdateExpression"]:
        return None
    return entry.answers[-1]["Attributes"]["token"]


def _proved(units: Mapping[str, Unit]) -> bool:
    """Whether a pass went over everything and found nothing to write."""
    total = next((unit.total for unit in units.values()), -1)
    settled = not any(unit.written or unit.counts.failed for unit in units.values())
    return len(units) == total and all(unit.done for unit in units.values()) and settled


def _without(item: Wire, names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in names}
