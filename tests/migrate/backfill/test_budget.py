from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import UsageError
from kxmodel.migrate.backfill.budget import Budget
from kxmodel.migrate.backfill.pace import Bucket, KeyCaps

if TYPE_CHECKING:
    import random


class Clock:
    """A clock that only `sleep` moves."""

    def __init__(self) -> None:
        self.time = 0.0

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def now(self) -> str:
        return ""


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_rate_that_lets_nothing_through_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="KX002"):
        Budget(max_wcu=rate)


@given(st.floats(1, 5000), st.integers(1, 16), st.floats(0, 3), st.randoms(use_true_random=False))
def test_no_time_sees_more_than_its_budget(
    rate: float, workers: int, wild: float, chance: random.Random
) -> None:
    """Workers spend anything from nothing to several times their grant."""
    clock = Clock()
    budget = Budget(max_wcu=rate, clock=clock)
    spent, worst = 0.0, 0.0
    for _ in range(200):
        clock.sleep(budget.wait())
        grant = budget.grant(workers)
        assert grant.wcu is not None
        assert grant.rcu is None
        took = grant.wcu * chance.uniform(0, wild)
        budget.settle(grant, took, 7.0)
        spent += took
        worst = max(worst, took)
        assert spent <= rate * (clock.time + 1) + worst + max(1.0, rate / workers)
        clock.sleep(chance.uniform(0, 0.1))


def test_the_grant_of_a_lost_worker_stays_spent() -> None:
    clock = Clock()
    budget = Budget(max_wcu=100, clock=clock)
    for _ in range(4):
        assert budget.wait() == 0
        budget.grant(4)
    assert budget.wait() > 0


def test_the_rate_can_be_changed_while_it_is_used() -> None:
    clock = Clock()
    budget = Budget(max_wcu=10, clock=clock)
    budget.set(1000, 50)
    assert budget.rates == (1000, 50)
    assert budget.grant(1).wcu == 1000
    budget.set(None, None)
    assert budget.grant(1).wcu is None
    assert budget.wait() == 0


def test_throttling_slows_down_and_quiet_brings_back_the_ceiling_alone() -> None:
    clock = Clock()
    budget = Budget(max_wcu=1000, max_rcu=1000, clock=clock)
    for _ in range(5):
        clock.sleep(1)
        budget.throttled(reads=False, writes=True)
    low, reads = budget.rates
    assert low is not None
    assert low < 200
    assert reads == 1000
    for _ in range(30):
        clock.sleep(1)
        budget.quiet()
    assert budget.rates == (1000, 1000)


def test_without_a_ceiling_throttling_finds_one() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.settle(budget.grant(1), 5000, 0)
    clock.sleep(10)
    budget.throttled(reads=False, writes=True)
    assert budget.rates == (pytest.approx(350), None)


def test_a_bucket_in_debt_tells_how_long() -> None:
    bucket = Bucket(rate=10, burst=10, now=0)
    bucket.take(30, 0)
    assert bucket.wait(0) == pytest.approx(2, abs=0.01)
    assert bucket.wait(2.1) == 0


@given(st.lists(st.sampled_from("abc"), min_size=50, max_size=400), st.floats(1, 25))
def test_no_key_gets_more_than_its_cap(keys: list[str], cost: float) -> None:
    clock = Clock()
    caps = KeyCaps(clock)
    sent = dict.fromkeys("abc", 0.0)
    for key in keys:
        clock.sleep(caps.admit({key: cost}, 500))
        sent[key] += cost
        assert sent[key] <= 500 * clock.time + 100 + 2 * cost


def test_memory_is_bounded() -> None:
    caps = KeyCaps(Clock(), remembered=10)
    for number in range(1000):
        caps.admit({number: 1.0}, 500)
    assert len(caps._buckets) == 10
