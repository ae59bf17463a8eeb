"""Objects that were read through a projection: they must not be saved over the whole item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pynamodb.pagination import ResultIterator

T = TypeVar("T")


def mark_partial(found: T) -> T:
    """Mark an object as read in part. Plain items of unknown entities pass as they are."""
    if hasattr(found, "_kx_partial"):
        found._kx_partial = True
    return found


def partial_results(results: ResultIterator[T]) -> ResultIterator[T]:
    """The same results, each object marked as it is made."""
    # PynamoDB 6.1 keeps the function that makes objects here and has no public way to change it.
    make: Any = results._map_fn
    results._map_fn = lambda item: mark_partial(make(item))
    return results
