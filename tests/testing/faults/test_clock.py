from __future__ import annotations

import pytest

from kxmodel.testing.faults import SkewedClock
from tests.migrate.clocks import Turned


def test_a_clock_that_is_ahead_and_fast() -> None:
    true = Turned(start=1000.0)
    clock = SkewedClock(true, offset=60.0, rate=2.0)
    assert clock.monotonic() == 1060.0
    true.turn(10)
    assert clock.monotonic() == 1080.0
    clock.sleep(10)
    assert true.time == 1015.0
    assert clock.monotonic() == 1090.0


def test_a_jump_back_is_seen_in_the_moment_alone() -> None:
    clock = SkewedClock(Turned(start=0.0))
    clock.jump(20)
    assert (clock.monotonic(), clock.now()) == (20.0, "2026-01-01T00:00:20Z")
    clock.jump(-30)
    assert (clock.monotonic(), clock.now()) == (20.0, "2025-12-31T23:59:50Z")


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_clock_has_to_run(rate: float) -> None:
    with pytest.raises(ValueError, match="does not run"):
        SkewedClock(Turned(), rate=rate)
