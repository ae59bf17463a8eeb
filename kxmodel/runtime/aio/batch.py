"""Writing many items, in requests of up to 25."""

from __future__ import annotations

from asyncio import CancelledError
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from kxmodel.runtime.aio.call import call

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pynamodb.models import BatchWrite

M = TypeVar("M")


class AioBatch(Generic[M]):
    """PynamoDB's BatchWrite for ``async with``.

    What is pending is written at the end, after an error too, as PynamoDB does, but not after a
    cancellation: of a batch that was cancelled the requests that were sent are whole.
    """

    def __init__(self, batch: BatchWrite[Any]) -> None:
        self._batch = batch

    async def save(self, item: M) -> None:
        """Add a put; what is pending is sent first where it fills a request."""
        await self._add(self._batch.save, item)

    async def delete(self, item: M) -> None:
        """Add a delete; what is pending is sent first where it fills a request."""
        await self._add(self._batch.delete, item)

    async def commit(self) -> None:
        """Send what is pending."""
        await call(self._batch.commit)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None or not issubclass(kind, CancelledError | GeneratorExit):
            await self.commit()

    async def _add(self, add: Callable[[M], None], item: M) -> None:
        if len(self._batch.pending_operations) < self._batch.max_operations:
            add(item)
        else:
            await call(add, item)
