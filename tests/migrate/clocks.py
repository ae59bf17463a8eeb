"""A clock that tests turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
