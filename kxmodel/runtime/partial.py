"""Objects that were read through a projection: they must not be saved over the whole item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.pagination import ResultIterator

T = TypeVar("T")


def mark_partial(found: T) -> T:
    """Mark an object as read in part. Plain items of unknown entities pass as they are."""
    if hasattr(found, "_kx_partial"):
        found._kx_partial = True
    return found


def partial_results(
    results: ResultIterator[T], projects_all: Callable[[str], bool]
) -> ResultIterator[T]:
    """The same results; each object marked as it is made, if the request reads a projection.

    projects_all: whether the index of a name projects whole items.
    """
    # PynamoDB 6.1 keeps what it was asked, and the function that makes objects, in private names;
    # they hold whether arguments came by keyword, by position or through an index.
    asked: Any = results.page_iter._kwargs
    index = asked.get("index_name")
    if asked.get("attributes_to_get") is not None or not (index is None or projects_all(index)):
        make: Any = results._map_fn
        results._map_fn = lambda item: mark_partial(make(item))
    return results
