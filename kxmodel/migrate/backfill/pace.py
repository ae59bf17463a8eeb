"""Token buckets: how much may be spent by now."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from kxmodel.migrate.clock import Clock


class Bucket:
    """Fills at `rate` units a second up to `burst` of them; may be overdrawn, and then fills first."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate = rate
        self.burst = burst
        self.level = burst
        self._then = now

    def refill(self, now: float) -> None:
        """Let time pass until `now` (seconds)."""
        self.level = min(self.burst, self.level + max(0.0, now - self._then) * self.rate)
        self._then = max(self._then, now)

    def take(self, units: float, now: float) -> None:
        """Spend, or with negative units give back."""
        self.refill(now)
        self.level = min(self.burst, self.level - units)

    def wait(self, now: float) -> float:
        """Seconds until the bucket is out of debt."""
        self.refill(now)
        return 0.0 if self.level > 0 else -self.level / self.rate + 1e-3


class KeyCaps:
    """Keeps the writes to any one partition key below what its partition takes.

    "Designing partition keys": a partition takes 1,000 write units a second, of table and index alike
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html).
    Only the keys written to last are remembered, so memory is bounded; a key falls out of memory only
    after `remembered` others were written to. Safe for threads.
    """

    def __init__(self, clock: Clock, remembered: int = 1024) -> None:
        self._clock = clock
        self._remembered = remembered
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()
        self._lock = Lock()

    def admit(self, costs: Mapping[Hashable, float], cap: float) -> float:
        """Book write units by key, and return the seconds to wait before they are sent.

        cap: units a second for each key.
        """
        with self._lock:
            now = self._clock.monotonic()
            pause = 0.0
            for key, units in costs.items():
                bucket = self._buckets.pop(key, None)
                if bucket is None:
                    # A fifth of a second's worth at once, so that the cap holds from the start.
                    bucket = Bucket(cap, cap / 5, now)
                bucket.rate, bucket.burst = cap, cap / 5
                pause = max(pause, bucket.wait(now))
                bucket.take(units, now)
                self._buckets[key] = bucket
            while len(self._buckets) > self._remembered:
                self._buckets.popitem(last=False)
            return pause
