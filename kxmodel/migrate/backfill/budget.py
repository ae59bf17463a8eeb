"""The rate of a whole run: a budget that workers get grants of."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from kxmodel.errors import UsageError
from kxmodel.migrate.backfill.pace import Bucket
from kxmodel.migrate.clock import SystemClock

if TYPE_CHECKING:
    from kxmodel.migrate.clock import Clock

#: After a throttled second the rate falls to this part of what went through, not below a few units;
#: after a quiet one it rises by a fourth, so that it is soon back where throttling begins.
_FALL: Final = 0.7
_RISE: Final = 1.25
_LOWEST: Final = 5.0


@dataclass(frozen=True)
class Grant:
    """What a worker may spend in one go: capacity units, or None for as much as it likes."""

    wcu: float | None
    rcu: float | None


class _Side:
    """Write or read capacity: the user's ceiling, and what throttling leaves of it."""

    def __init__(self, ceiling: float | None, now: float) -> None:
        self.ceiling = ceiling
        self.rate = ceiling
        self._bucket = Bucket(ceiling, ceiling, now) if ceiling else None
        self._spent = 0.0
        self._since = now
        self._fell = now

    def limit(self, rate: float | None, now: float) -> None:
        self.rate = rate
        if rate is None:
            self._bucket = None
        elif self._bucket is None:
            self._bucket = Bucket(rate, rate, now)
        else:
            self._bucket.refill(now)
            self._bucket.rate = self._bucket.burst = rate

    def wait(self, now: float) -> float:
        return self._bucket.wait(now) if self._bucket else 0.0

    def grant(self, shares: int, now: float) -> float | None:
        if self.rate is None or self._bucket is None:
            return None
        units = max(1.0, self.rate / shares)
        self._bucket.take(units, now)
        return units

    def settle(self, granted: float | None, spent: float, now: float) -> None:
        self._spent += spent
        if self._bucket is not None:
            self._bucket.take(spent - (granted or 0.0), now)

    def throttled(self, now: float) -> None:
        if now - self._fell < 1.0 and self.rate is not None:
            return
        self._fell = now
        measured = self._spent / max(1.0, now - self._since)
        rate = max(_LOWEST, (measured if self.rate is None else self.rate) * _FALL)
        self.limit(rate if self.ceiling is None else min(rate, self.ceiling), now)
        self._spent, self._since = 0.0, now

    def quiet(self, now: float) -> None:
        if self.rate is None or self.rate == self.ceiling or now - self._fell < 1.0:
            return
        self._fell = now
        rate = self.rate * _RISE
        self.limit(rate if self.ceiling is None else min(rate, self.ceiling), now)


class Budget:
    """Write and read capacity units a second, shared by all workers; adjustable while it is in use.

    Every grant is charged before it is handed out and settled when the worker reports, so that the
    grant of a worker that is lost stays spent. Over any time the run takes at most what the rate gives
    for it, one second's worth at the start, and what the last request of each worker overdraws.
    Safe for threads.
    """

    def __init__(
        self,
        max_wcu: float | None = None,
        max_rcu: float | None = None,
        clock: Clock | None = None,
    ) -> None:
        """max_wcu, max_rcu: units a second; None: as fast as DynamoDB takes it.

        Raises UsageError KX002 for a rate that is not above 0.
        """
        self._clock = clock or SystemClock()
        self._lock = Lock()
        now = self._clock.monotonic()
        self._wcu = _Side(_rate(max_wcu), now)
        self._rcu = _Side(_rate(max_rcu), now)

    def set(self, max_wcu: float | None, max_rcu: float | None) -> None:
        """Change the ceilings from now on. Raises as the constructor."""
        wcu, rcu = _rate(max_wcu), _rate(max_rcu)
        with self._lock:
            now = self._clock.monotonic()
            for side, rate in ((self._wcu, wcu), (self._rcu, rcu)):
                side.ceiling = rate
                side.limit(rate, now)

    @property
    def rates(self) -> tuple[float | None, float | None]:
        """Write and read units a second as they are now, after throttling."""
        with self._lock:
            return self._wcu.rate, self._rcu.rate

    def wait(self) -> float:
        """Seconds until the next grant can be had."""
        with self._lock:
            now = self._clock.monotonic()
            return max(self._wcu.wait(now), self._rcu.wait(now))

    def grant(self, shares: int) -> Grant:
        """One worker's share of a second, charged at once. shares: how many workers there are."""
        with self._lock:
            now = self._clock.monotonic()
            return Grant(self._wcu.grant(shares, now), self._rcu.grant(shares, now))

    def settle(self, grant: Grant, wcu: float, rcu: float) -> None:
        """Book what a worker really spent, more or less than its grant."""
        with self._lock:
            now = self._clock.monotonic()
            self._wcu.settle(grant.wcu, wcu, now)
            self._rcu.settle(grant.rcu, rcu, now)

    def throttled(self, reads: bool, writes: bool) -> None:
        """Slow down: DynamoDB throttled requests for another reason than one hot partition."""
        with self._lock:
            now = self._clock.monotonic()
            for side, hit in ((self._wcu, writes), (self._rcu, reads)):
                if hit:
                    side.throttled(now)
                else:
                    side.quiet(now)

    def quiet(self) -> None:
        """Nothing was throttled: come back to the ceiling, step by step."""
        self.throttled(reads=False, writes=False)


def _rate(units: float | None) -> float | None:
    if units is not None and not units > 0:
        raise UsageError(f"a rate of {units} capacity units a second lets nothing through")
    return units
