"""Items that belong together, of several entities, from one partition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from kxmodel.errors import NotUniqueError
from kxmodel.runtime.patterns.page import Page, Stats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T", covariant=True)
U = TypeVar("U")


class ItemCollection(Page[T]):
    """A page of an item collection: in the order of the sort key, and grouped by class.

    unknown: the items of no known entity, as plain items, in order. They count towards the limit
        and are not part of the sequence.
    """

    def __init__(
        self,
        objects: Sequence[T],
        *,
        unknown: Sequence[object],
        call: str,
        cursor: str | None,
        request: Mapping[str, Any],
        stats: Stats,
        following: Callable[[str], Any],
    ) -> None:
        super().__init__(objects, cursor=cursor, request=request, stats=stats, following=following)
        self.unknown = list(unknown)
        self._call = call

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found, unknown items included."""
        return not self._objects and not self.unknown

    def of(self, cls: type[U]) -> list[U]:
        """The objects of a class, subclasses included, in order."""
        return [one for one in self._objects if isinstance(one, cls)]

    def one(self, cls: type[U]) -> U | None:
        """The object of a class, or None. Raises NotUniqueError where this page has several."""
        found = self.of(cls)
        if len(found) > 1:
            raise NotUniqueError(
                f"{self._call} found {len(found)} of {cls.__name__}: "
                f"{', '.join(repr(one) for one in found)}"
            )
        return found[0] if found else None
