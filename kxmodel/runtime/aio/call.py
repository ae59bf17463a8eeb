"""Running a blocking call in a thread, and awaiting it."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kxmodel.runtime.aio.stop import Stop, current_stop
from kxmodel.runtime.binding import current

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

P = ParamSpec("P")
T = TypeVar("T")


async def call(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking function in a thread of the current binding, and return what it returns.

    For whatever of a model is not under `Model.aio`: a transaction, `create_table`. The function sees
    the caller's context variables; what it raises comes with its own traceback. Where all threads
    are busy, it waits for its turn.

    A call that is cancelled before its turn never runs. After that, the request that is under way
    completes whole, no further one is sent (by models and `kxmodel.connection()`), and only then does
    the cancellation go on: nothing of the call runs behind the caller's back. Whoever cancels a
    second time does not wait for that request, which still completes. How long one request may
    take is for `kxmodel.bind` to say: its timeouts and its `max_attempts`.
    """
    loop = asyncio.get_running_loop()
    stop = Stop()
    context = copy_context()
    context.run(current_stop.set, stop)
    work: Future[T] = current().workers.submit(context.run, function, *args, **kwargs)
    try:
        await _finished(work, loop)
    except asyncio.CancelledError:
        if not work.cancel():
            stop.asked = True
            await _finished(work, loop)
        raise
    return work.result()


def _finished(work: Future[T], loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
    """Done when the work is, whatever comes of it."""
    waiter = loop.create_future()

    def release() -> None:
        if not waiter.done():
            waiter.set_result(None)

    def wake(_: Future[T]) -> None:
        try:
            loop.call_soon_threadsafe(release)
        except RuntimeError:
            # The loop was closed meanwhile, and with it went whoever waited.
            return

    work.add_done_callback(wake)
    return waiter
