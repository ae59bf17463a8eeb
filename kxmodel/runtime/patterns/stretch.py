"""The stretch of a partition that one Query reads for several entities. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kxmodel.runtime.patterns.span import Span, beginning_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.runtime.patterns.reader import KeyAttributes
    from kxmodel.runtime.patterns.sortkey import SortPart
    from kxmodel.runtime.patterns.span import SortValue


class Stretch(NamedTuple):
    """What is read.

    spans: sort-key attribute -> its values, from the left; only the last may be more than one.
    head: in a collection, the sort-key attribute, the key of the item at its head, and the characters that the keys of
        the items under it go on with: ``ORDER#1`` and ``#``, so that ``ORDER#10`` stays out.
    """

    spans: Mapping[str, Span]
    head: tuple[str, str, frozenset[str]] | None = None

    def holds(self, values: Mapping[str, SortValue | None]) -> bool:
        """Whether an item of no entity that was asked for may come along."""
        for name, span in self.spans.items():
            value = values[name]
            if value is None or not span.holds(value):
                return False
        if self.head is None:
            return True
        name, key, marks = self.head
        rest = str(values[name])[len(key) :]
        return not rest or rest[0] in marks


def stretch_of(
    parts: Sequence[Mapping[str, SortPart]], range_key: KeyAttributes, *, along: bool
) -> Stretch | None:
    """The stretch around what every entity needs, or None where nothing can match.

    along: items of other entities come along, so all that begins alike is read.
    """
    alive = [one for one in parts if not any(part.span.empty for part in one.values())]
    if not alive:
        return None
    spans: dict[str, Span] = {}
    head = None
    for name, _ in range_key:
        if any(name not in one for one in alive):
            break
        each = [one[name].span for one in alive]
        span = each[0]
        for other in each[1:]:
            span = span.hull(other)
        if along and not span.exact:
            span, head = _beginning_alike(name, span, each)
        spans[name] = span
        if not span.exact:
            # DynamoDB takes anything but equality on the last attribute only.
            break
    return Stretch(spans, head)


def _beginning_alike(
    name: str, span: Span, each: Sequence[Span]
) -> tuple[Span, tuple[str, str, frozenset[str]] | None]:
    lowers = [one.lower for one in each if isinstance(one.lower, str)]
    if len(lowers) < len(each):
        return (Span() if any(one.lower is None for one in each) else span), None
    shared = lowers[0]
    for lower in lowers:
        while not lower.startswith(shared):
            shared = shared[:-1]
    head = None
    if any(one.exact and one.lower == shared for one in each):
        marks = frozenset(lower[len(shared)] for lower in lowers if len(lower) > len(shared))
        head = (name, shared, marks)
    return beginning_with(shared), head
