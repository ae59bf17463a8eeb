"""The threads in which the asynchronous operations of one binding run."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Workers:
    """A thread pool that is made on first use, and again after it was closed.

    most: how many threads there may be; what finds none free waits for one, in order.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, function: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Run a function in one of the threads."""
        with self._lock:
            if self._pool is None:
                from concurrent.futures import ThreadPoolExecutor

                self._pool = ThreadPoolExecutor(self._most, thread_name_prefix="kxmodel-aio")
            return self._pool.submit(function, *args, **kwargs)

    def close(self) -> None:
        """Let the threads end after what was asked of them, without waiting for it."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)

    def forget(self) -> None:
        """Begin anew: a fork takes no thread along, and may have copied a lock that was held."""
        self._lock, self._pool = Lock(), None
