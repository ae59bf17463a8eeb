"""A clock that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"


class Clock(Protocol):
    """Time as kxmodel's migrations take it from their surroundings."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary point; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""
        ...

    def now(self) -> str:
        """The moment in UTC as RFC 3339 writes it."""
        ...


class SkewedClock:
    """Another clock, as a machine sees it whose clock is off and runs fast or slow.

    offset: seconds by which it is ahead, or behind below 0. rate: seconds of this clock to a true one,
    above 0; where it is above 1, whoever sleeps wakes early.
    """

    def __init__(self, clock: Clock, *, offset: float = 0.0, rate: float = 1.0) -> None:
        if not rate > 0:
            raise ValueError("a clock that does not run measures nothing")
        self._clock = clock
        self._rate = rate
        self._since = clock.monotonic()
        self._intervals = self._since + offset
        self._moment = offset

    def jump(self, seconds: float) -> None:
        """Put the clock forward, or back: what `monotonic` says goes forward alone."""
        self._moment += seconds
        self._intervals += max(0.0, seconds)

    def monotonic(self) -> float:
        """See `Clock`."""
        return self._intervals + (self._clock.monotonic() - self._since) * self._rate

    def sleep(self, seconds: float) -> None:
        """Let `seconds` of this clock pass."""
        self._clock.sleep(seconds / self._rate)

    def now(self) -> str:
        """See `Clock`; off by the offset and the jumps."""
        true = datetime.strptime(self._clock.now(), _FORM).replace(tzinfo=UTC)
        return (true + timedelta(seconds=self._moment)).strftime(_FORM)
