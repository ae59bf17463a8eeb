"""Ctrl-C and SIGTERM as the wish for a clean end."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.migrate.backfill import StopSignal


def stop_on_signals() -> StopSignal:
    """A signal that SIGINT and SIGTERM set from now on."""
    from kxmodel.migrate.backfill import StopSignal

    stop = StopSignal()
    for number in (signal.SIGINT, signal.SIGTERM):
        name = signal.Signals(number).name
        signal.signal(number, lambda *_, name=name: stop.set(f"it was asked to by {name}"))
    return stop
