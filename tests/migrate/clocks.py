"""Clocks for tests: one that they turn, one that hurries."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kxmodel.migrate.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable


class Turned:
    """Time passes when somebody sleeps, or by `turn`. during: called at every sleep."""

    def __init__(self, start: float = 1000.0, during: Callable[[], None] = lambda: None) -> None:
        self.time = start
        self.slept: list[float] = []
        self.during = during

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        self.during()

    def turn(self, seconds: float) -> None:
        self.time += seconds

    def now(self) -> str:
        return f"2026-01-01T00:00:{self.time % 60:02.0f}Z"


class Hurried(SystemClock):
    """The machine's clock, by which nobody sleeps for long. slept: the seconds that were asked for."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        time.sleep(min(seconds, 0.01))


@pytest.fixture
def many_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heartbeats in short intervals for leases that are long enough for any machine."""
    monkeypatch.setattr("kxmodel.migrate.lease._BEATS", 300)
