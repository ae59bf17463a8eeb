"""What an access pattern that finds many returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

T = TypeVar("T", covariant=True)


class Stats(NamedTuple):
    """What a page cost.

    requests: how many Queries were sent. scanned: how many items DynamoDB read for them.
    capacity: read capacity units, or None where no answer said.
    """

    requests: int = 0
    scanned: int = 0
    capacity: float | None = None


class Page(Sequence[T]):
    """At most `limit` objects, in order, and the way to the next page.

    cursor: what continues after the last of these objects, given to the same pattern with the same
        arguments; None exactly where nothing more can come. With a cursor the next page may still
        be empty, as DynamoDB tells the end of a partition only to who reads past it.
    request: the first Query as it was sent, in botocore's terms apart from TableName; empty where
        nothing was sent since nothing could match.
    stats: what it cost.
    """

    def __init__(
        self,
        objects: Sequence[T],
        *,
        cursor: str | None,
        request: Mapping[str, Any],
        stats: Stats,
        following: Callable[[str], Any],
    ) -> None:
        self._objects = tuple(objects)
        self.cursor = cursor
        self.request = request
        self.stats = stats
        self._following = following

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._objects[index]

    def __len__(self) -> int:
        return len(self._objects)

    def __iter__(self) -> Iterator[T]:
        return iter(self._objects)

    def next(self) -> Self | None:
        """The next page, read with the same limit, or None where nothing more can come."""
        if self.cursor is None:
            return None
        page: Self = self._following(self.cursor)
        return page

    def pages(self) -> Iterator[Self]:
        """This page and all that follow, each read when it is asked for; none after this is empty."""
        page: Self | None = self
        while page is not None:
            yield page
            page = page.next()
            if page is not None and page.is_empty:
                return

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self._objects

    def __repr__(self) -> str:
        counted = Counter(type(one).__name__ for one in self._objects)
        objects = ", ".join(f"{count} {name}" for name, count in counted.items()) or "empty"
        return f"{type(self).__name__}({objects}, {'more to come' if self.cursor else 'the end'})"
