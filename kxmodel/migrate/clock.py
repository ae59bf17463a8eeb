"""Time as the migrations see it: intervals by one machine's clock, moments only for people to read."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What passes and what it is called. Tests bring one that they can turn."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary point of this process; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""
        ...

    def now(self) -> str:
        """The moment in UTC as RFC 3339 writes it, to be shown and never to be compared."""
        ...


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Seconds of `time.monotonic`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Sleep that many seconds."""
        time.sleep(seconds)

    def now(self) -> str:
        """The moment in UTC, to the second, e.g. ``2026-11-22T20:24:00Z``."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
