"""How an operation that nobody waits for any more learns of it: before it sends its next request."""

from __future__ import annotations

from contextvars import ContextVar


class Stopped(BaseException):
    """Ends an operation in its thread, as `asyncio.CancelledError` ends a coroutine.

    Not an `Exception`, since nothing on its way may take it for a failed request and try again.
    """


class Stop:
    """What a cancelled call leaves for its thread."""

    asked = False


#: The call that this thread, or the task that started it, works for; None: nobody can cancel it.
current_stop: ContextVar[Stop | None] = ContextVar("kxmodel_stop", default=None)


def check_stop() -> None:
    """Raise `Stopped` where the call that this is part of was cancelled."""
    stop = current_stop.get()
    if stop is not None and stop.asked:
        raise Stopped
