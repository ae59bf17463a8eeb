"""What can hold or end a run: its lease, a signal, its time, and wishes from another terminal."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kxmodel.errors import LeaseLost
from kxmodel.migrate.backfill.stop import StopSignal
from kxmodel.migrate.run.events import Paused, RateChanged, Resumed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.lease import Lease
    from kxmodel.migrate.run.events import Event
    from kxmodel.migrate.run.options import Options


class Stopped(Exception):
    """The run ends before its end, cleanly. Never leaves `kxmodel.migrate.run`."""

    def __init__(self, reason: str, waiting: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.waiting = waiting


class Reins:
    """stop: the user's own, from a signal or another thread. tell: is given events."""

    def __init__(
        self, options: Options, clock: Clock, stop: StopSignal, tell: Callable[[Event], None]
    ) -> None:
        self._options = options
        self._clock = clock
        self._stop = stop
        self._tell = tell
        self._end = None if options.max_seconds is None else clock.monotonic() + options.max_seconds
        self._lease: Lease | None = None
        self._current = StopSignal()
        self._resting = Lock()
        self._rates: tuple[float | None, float | None] = (None, None)
        self.on_rate: Callable[[float | None, float | None], None] = lambda *_: None

    def hold(self, lease: Lease) -> None:
        """From now on this lease is needed."""
        self._lease = lease
        self._wished()

    def remaining(self) -> float:
        """Seconds for which the lease lets requests be sent; endless where none is needed."""
        return float("inf") if self._lease is None else self._lease.remaining

    @property
    def holds(self) -> bool:
        """Whether the lease is held, as far as this machine knows."""
        return self._lease is not None and self._lease.remaining > 0

    def check(self) -> None:
        """Raises Stopped when the run is to end, LeaseLost KX641 when it may not go on."""
        if self._lease is not None:
            self._lease.check()
        if reason := self._ending():
            raise Stopped(reason)

    def rest(self) -> None:
        """Wait while a pause is wished for. Raises as `check`. Safe for threads: it is told once."""
        self.check()
        if self._paused_by() is None:
            return
        with self._resting:
            self._rest()

    def _rest(self) -> None:
        self.check()
        by = self._paused_by()
        if by is None:
            return
        self._tell(Paused(by))
        while self._paused_by() is not None:
            try:
                self.check()
            except Stopped as stopped:
                raise Stopped(f"paused by {by}; {stopped.reason}") from None
            self._clock.sleep(min(1.0, self._options.lease_seconds / 10))
        self._tell(Resumed())

    @property
    def paused(self) -> bool:
        """Whether a pause is wished for."""
        return self._paused_by() is not None

    def signal(self) -> StopSignal:
        """A signal for the engine's next pass: set when it is to come back."""
        self._current = StopSignal(self._stop)
        self.beat()
        return self._current

    def beat(self) -> None:
        """Look at everything that can end a pass; called with each heartbeat and by the engine."""
        lease = self._lease
        if lease is not None:
            try:
                lease.check()
            except LeaseLost as error:
                self._current.set(error.message)
        if reason := self._ending():
            self._current.set(reason)
        if by := self._paused_by():
            self._current.set(f"paused by {by}")
        self._wished()

    def _ending(self) -> str:
        if self._stop.is_set:
            return self._stop.reason
        if self._end is not None and self._clock.monotonic() >= self._end:
            return f"its time is over ({self._options.max_seconds:g} s)"
        return ""

    def _paused_by(self) -> str | None:
        return None if self._lease is None else self._lease.wishes.paused_by

    def _wished(self) -> None:
        wishes = None if self._lease is None else self._lease.wishes
        if wishes is None or (wishes.max_wcu, wishes.max_rcu) == self._rates:
            return
        self._rates = wishes.max_wcu, wishes.max_rcu
        wcu = self._options.max_wcu if wishes.max_wcu is None else wishes.max_wcu or None
        rcu = self._options.max_rcu if wishes.max_rcu is None else wishes.max_rcu or None
        self.on_rate(wcu, rcu)
        self._tell(RateChanged(wcu, rcu))
