"""Each promise is broken in turn, and its assertion has to notice: proofs that cannot fail prove nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kxmodel.testing.faults import Entry
from tests.migrate import promises, requests
from tests.migrate.backfill.bench import shuffled
from tests.migrate.promises import Evidence
from tests.migrate.world import World


def rewritten(run: Evidence, change: Callable[[str], str]) -> Evidence:
    """With other statements."""

    def entry(old: Entry) -> Entry:
        if old.operation != "batch_execute_statement" or not requests.live(old.parameters):
            return old
        statements = [
            {**s, "Statement": change(s["Statement"])} for s in old.parameters["Statements"]
        ]
        return replace(old, parameters={**old.parameters, "Statements": statements})

    return replace(run, log=[entry(each) for each in run.log])


def unanswered(run: Evidence) -> Evidence:
    """With a write that nobody acknowledged."""
    first = next(n for n, e in enumerate(run.log) if requests.writes(e, run.table, run.keys))
    log = list(run.log)
    log[first] = replace(log[first], answer=None)
    return replace(run, log=log)


def overtaken(run: Evidence) -> Evidence:
    """With a run that took the units over before the last checkpoint."""
    at = [n for n, e in enumerate(run.log) if requests.checkpoint(e, run.ledger)][-1]
    taking = next(e for e in run.log if requests.opened(e, run.ledger))
    last = requests.checkpoint(run.log[at], run.ledger)
    assert last is not None
    answer = {"Attributes": {"token": {"N": str(last.token + 1)}}}
    key = {"run": {"S": last.run}}
    thief = replace(taking, parameters={**taking.parameters, "Key": key}, answers=(answer,))
    return replace(run, log=[*run.log[:at], thief, *run.log[at:]])


def unproved(run: Evidence) -> Evidence:
    """Without the pass that verifies."""
    return replace(run, log=[e for e in run.log if "/verify-" not in str(e.parameters)])


def touched(run: Evidence, name: str, value: Any) -> Evidence:
    """With one stored item that is not what it has to be."""
    key = min(run.after)
    return replace(run, after={**run.after, key: {**run.after[key], name: value}})


def hurried(run: Evidence) -> Evidence:
    """With three times the writes in the same time, at a lower rate."""
    return replace(run, log=[*run.log] * 3, windows=[replace(w, max_wcu=0.5) for w in run.windows])


def counted(run: Evidence) -> Evidence:
    """With an item that became nothing."""
    counts = {**run.record.counts, "scanned": run.record.counts["scanned"] + 1}
    return replace(run, record=replace(run.record, counts=counts))


BROKEN: dict[Callable[[Evidence], None], list[Callable[[Evidence], Evidence]]] = {
    promises.only_declared_attributes_change: [
        lambda run: touched(run, "text", {"S": "gone"}),
        lambda run: rewritten(run, lambda s: s.replace(" WHERE", ' REMOVE "text" WHERE')),
    ],
    promises.a_concurrent_write_is_never_overwritten: [
        lambda run: touched(run, "lead_id", {"S": "an older one"}),
        lambda run: rewritten(run, lambda s: re.sub(r' AND "GSI1PK" IS MISSING', "", s)),
    ],
    promises.no_item_is_created_or_brought_back: [
        lambda run: replace(run, after={**run.after, ("no", "one"): {}}),
        lambda run: replace(run, after={k: v for k, v in run.after.items() if k != min(run.after)}),
    ],
    promises.every_item_has_the_key_its_attributes_give: [
        lambda run: touched(run, "GSI1PK", {"S": "stale"})
    ],
    promises.a_second_run_writes_nothing: [
        lambda run: replace(run, again=replace(run.again, updated=1)),
        lambda run: replace(run, again_log=run.log),
    ],
    promises.a_checkpoint_never_passes_unacknowledged_work: [unanswered],
    promises.counts_add_up: [counted],
    promises.a_stale_holder_records_nothing: [overtaken],
    promises.the_rate_stays_in_its_budget: [hurried],
    promises.success_is_recorded_only_after_verification: [
        unproved,
        lambda run: replace(run, record=replace(run.record, exceptions=("one",))),
        lambda run: replace(run, record=replace(run.record, state="failed")),
    ],
}


def test_each_promise_can_be_broken(world: World) -> None:
    world.create(shuffled(60))
    assert world.run(max_wcu=500).finished
    run = world.evidence()
    promises.all_are_kept(run)
    assert list(BROKEN) == list(promises.PROMISES)
    for promise, ways in BROKEN.items():
        for breach in ways:
            with pytest.raises(AssertionError):
                promise(breach(run))
