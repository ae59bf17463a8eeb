"""What one worker has spent of a slice: time, capacity, and how often it was throttled."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from kxmodel.migrate.backfill.statement import MAX_STATEMENTS

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.outcome import Trouble
    from kxmodel.migrate.backfill.slice import Slice
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.clock import Clock

#: Full jitter between 0 and 50 ms doubled for each attempt, at most 5 s ("Error retries and
#: exponential backoff in DynamoDB",
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.RetryAndBackoff).
_FIRST: Final = 0.05
_LONGEST: Final = 5.0
#: How much a new measurement counts in an estimate.
_WEIGHT: Final = 0.3


class Spending:
    """The account of a slice."""

    def __init__(self, slice_: Slice, clock: Clock, stop: StopSignal | None) -> None:
        self._slice = slice_
        self._clock = clock
        self._stop = stop
        # What is sent before then has ended when the lease does.
        self._usable = slice_.seconds - slice_.request_timeout
        self._end = clock.monotonic() + self._usable
        self.wcu = 0.0
        self.rcu = 0.0
        self.wcu_per_write = slice_.wcu_per_write
        self.rcu_per_item = slice_.rcu_per_item
        self.throttled_reads = 0
        self.throttled_writes = 0
        self.hot = 0
        self.trouble = ""

    @property
    def out_of_time(self) -> bool:
        """Whether nothing more may be sent."""
        stopped = self._stop is not None and self._stop.is_set
        return stopped or self._clock.monotonic() >= self._end

    @property
    def exhausted(self) -> bool:
        """Whether half of the time or the whole grant is spent: no new page is begun."""
        half = self._clock.monotonic() >= self._end - self._usable / 2
        return self._spent or self.out_of_time or half

    def overdrawn(self, moving: bool) -> bool:
        """Whether the page at hand took more than the grant: it is left where it stands.

        moving: items are moved one by one, each for several units, and no more is overdrawn than the
        last one; otherwise a batch is.
        """
        if moving:
            return self._spent
        granted = self._slice.wcu
        return granted is not None and self.wcu >= granted + MAX_STATEMENTS * self.wcu_per_write

    @property
    def _spent(self) -> bool:
        s = self._slice
        return (s.wcu is not None and self.wcu >= s.wcu) or (
            s.rcu is not None and self.rcu >= s.rcu
        )

    def read(self, items: int, rcu: float | None) -> None:
        """Book a read. rcu: what DynamoDB says it took; where nothing is said, an estimate counts."""
        if rcu is None or not self._slice.trust:
            self.rcu += max(1.0, items * self.rcu_per_item)
            return
        self.rcu += rcu
        if items:
            self.rcu_per_item += _WEIGHT * (rcu / items - self.rcu_per_item)

    def wrote(self, done: int, failed: int, wcu: float | None) -> None:
        """Book writes. A write whose condition fails takes as much as one that succeeds.

        "Capacity unit consumption" says so:
        https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
        """
        self.wcu += failed * self.wcu_per_write
        if wcu is None or not self._slice.trust:
            self.wcu += done * self.wcu_per_write
        elif done:
            self.wcu += wcu
            self.wcu_per_write += _WEIGHT * (wcu / done - self.wcu_per_write)

    def note(self, trouble: Trouble, *, reading: bool) -> None:
        """Remember a request that has to be repeated."""
        self.trouble = trouble.message
        if trouble.kind != "throttled":
            return
        if trouble.one_partition:
            self.hot += 1
        elif reading:
            self.throttled_reads += 1
        else:
            self.throttled_writes += 1

    def back_off(self, attempt: int) -> None:
        """Wait before attempt number `attempt` + 1, as long as there is time."""
        longest = min(_LONGEST, _FIRST * 2.0 ** min(attempt, 16))
        self.pause(random.uniform(0, longest))  # noqa: S311  jitter is no secret

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        left = self._end - self._clock.monotonic()
        if min(seconds, left) > 0:
            self._clock.sleep(min(seconds, left))
