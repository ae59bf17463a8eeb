"""What the asynchronous reads return: awaitable, and iterable page by page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kxmodel.runtime.aio.call import call
from kxmodel.runtime.patterns import ItemCollection, Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterable, Mapping

    from pynamodb.pagination import ResultIterator

T = TypeVar("T")
P = TypeVar("P", bound=Page[Any])

#: The most items of one BatchGetItem
#: (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
MOST_KEYS = 100


class _Answer(Generic[P, T]):
    """An access pattern's answer that was not asked for yet.

    ``await`` reads the first page, ``async for`` all objects of all pages, `pages` all pages.
    """

    def __init__(
        self, ask: Callable[..., P], args: Iterable[Any], kwargs: Mapping[str, Any]
    ) -> None:
        self._ask = ask
        self._args = args
        self._kwargs = kwargs

    def __await__(self) -> Generator[Any, None, P]:
        return call(self._ask, *self._args, **self._kwargs).__await__()

    async def pages(self) -> AsyncIterator[P]:
        """All pages, each read when it is asked for; none after the first is empty."""
        page: P | None = await self
        assert page is not None
        pages = page.pages()
        next(pages)
        while page is not None:
            yield page
            page = None if page.cursor is None else await call(next, pages, None)

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for found in page:
                yield found


class AioPage(_Answer[Page[T], T]):
    """The pages of an access pattern that finds many."""


class AioCollection(_Answer[ItemCollection[T], T]):
    """The pages of an item collection. ``async for`` leaves out items of no known entity."""


class AioResults(Generic[T]):
    """What a query, a scan or a batch of keys finds: ``async for`` each, ``await`` a list of all.

    step: reads on, in a thread, and returns what it found; nothing at the end.
    """

    def __init__(self, step: Callable[[], list[T]]) -> None:
        self._step = step

    def __await__(self) -> Generator[Any, None, list[T]]:
        return self._all().__await__()

    async def _all(self) -> list[T]:
        return [found async for found in self]

    async def __aiter__(self) -> AsyncIterator[T]:
        while batch := await call(self._step):
            for found in batch:
                yield found


class AioQuery(AioResults[T]):
    """The results of PynamoDB's query or scan, one page at a time."""

    def __init__(self, results: ResultIterator[T]) -> None:
        super().__init__(self._read_on)
        self._results = results
        self._taken = 0

    @property
    def last_evaluated_key(self) -> dict[str, dict[str, Any]] | None:
        """Where to go on once all results were taken (the `limit` reached); None at the end."""
        return self._results.last_evaluated_key

    @property
    def total_count(self) -> int:
        """How many items DynamoDB returned so far."""
        return self._results.total_count

    def _read_on(self) -> list[T]:
        """The first that a request brings, and what came with it."""
        found = [*islice(self._results, 1)]
        if found:
            found += islice(self._results, self._results.total_count - self._taken - 1)
        self._taken += len(found)
        return found


def batches(read: Callable[[list[Any]], Iterable[T]], keys: Iterable[Any]) -> AioResults[T]:
    """What `read` finds for the keys, as many at a time as one request takes."""
    left = iter(dict.fromkeys(keys))

    def step() -> list[T]:
        while wanted := [*islice(left, MOST_KEYS)]:
            if found := [*read(wanted)]:
                return found
        return []

    return AioResults(step)
