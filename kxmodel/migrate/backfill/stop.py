"""Asking a run to end cleanly."""

from __future__ import annotations

from threading import Event


class StopSignal:
    """Set from a signal handler or another thread; the run ends after its requests under way."""

    def __init__(self, outer: StopSignal | None = None) -> None:
        """outer: a signal that ends this one's run as well, and that this one leaves alone."""
        self._event = Event()
        self._outer = outer
        self._reason = ""

    def set(self, reason: str = "it was asked to") -> None:
        """Ask for the end; the first reason counts."""
        if not self._event.is_set():
            self._reason = reason
            self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self._event.is_set() or (self._outer is not None and self._outer.is_set)

    @property
    def reason(self) -> str:
        """Why; empty where nobody asked."""
        if self._outer is not None and self._outer.is_set:
            return self._outer.reason
        return self._reason

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; True where the end was asked for."""
        self._event.wait(seconds)
        return self.is_set
