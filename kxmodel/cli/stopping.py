"""Ctrl-C and SIGTERM as the wish for a clean end."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kxmodel.migrate.backfill import StopSignal


_TOLD: Final = (
    b"Stopping: what is under way comes to its end. The same signal again ends it at once.\n"
)


def stop_on_signals() -> StopSignal:
    """A signal that SIGINT and SIGTERM set from now on; the second of a kind ends the process at once.

    That loses nothing: a run is resumed where its last checkpoint is.
    """
    from kxmodel.migrate.backfill import StopSignal

    stop = StopSignal()

    def ask(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set(f"it was asked to by {signal.Signals(number).name}")
        with suppress(OSError, ValueError):  # a stream may be amid a write, or closed
            os.write(sys.stderr.fileno(), _TOLD)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop
