"""Running access patterns: Query after Query until enough is found or the partition ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kxmodel.errors import NotUniqueError, UsageError
from kxmodel.errors.base import shorten
from kxmodel.runtime.binding import current
from kxmodel.runtime.collector import collector_paused
from kxmodel.runtime.patterns.arguments import asked
from kxmodel.runtime.patterns.collection import ItemCollection
from kxmodel.runtime.patterns.cursor import read_cursor, write_cursor
from kxmodel.runtime.patterns.page import Page, Stats
from kxmodel.runtime.patterns.plan import Plan, make_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.runtime.entity import Entity, Pattern
    from kxmodel.runtime.patterns.reader import RawItem, Reader
    from kxmodel.values import AttributeValue

# Reading ahead of a filter in steps that double: a rare match costs few round trips, a frequent one
# little capacity.
_LEAST_READ = 25
_MOST_READ = 1000

# Limit is a 32-bit number, and a page ends at 1 MB anyway
# (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html).
_MOST_WANTED = 100_000


def run_page(
    reader: Reader,
    entity: Entity,
    pattern: Pattern,
    args: tuple[object, ...],
    limit: int,
    cursor: str | None = None,
    *,
    reverse: bool = False,
    narrow: Mapping[str, object] | None = None,
    entities: Sequence[Entity] = (),
) -> Page[object]:
    """A page of at most `limit` objects of the entities that the pattern returns.

    entities: those that `pattern.returns` names, where they are known; see `make_plan`.

    Raises UsageError for arguments, CursorError for a cursor, KeyBuildError and ValueRefused for a
    value that has no place in the key, and what the reader raises.
    """
    _, found = _read(reader, entity, pattern, args, limit, cursor, reverse, narrow or {}, entities)

    def following(after: str) -> Page[object]:
        return run_page(
            reader,
            entity,
            pattern,
            args,
            limit,
            after,
            reverse=reverse,
            narrow=narrow,
            entities=entities,
        )

    return Page(
        found.objects,
        cursor=found.cursor,
        request=found.request,
        stats=found.stats,
        following=following,
    )


def run_collection(
    reader: Reader,
    entity: Entity,
    pattern: Pattern,
    args: tuple[object, ...],
    limit: int,
    cursor: str | None = None,
    *,
    reverse: bool = False,
    narrow: Mapping[str, object] | None = None,
    entities: Sequence[Entity] = (),
) -> ItemCollection[object]:
    """At most `limit` items that belong together, unknown ones included. Raises as `run_page`."""
    plan, found = _read(
        reader, entity, pattern, args, limit, cursor, reverse, narrow or {}, entities
    )

    def following(after: str) -> ItemCollection[object]:
        return run_collection(
            reader,
            entity,
            pattern,
            args,
            limit,
            after,
            reverse=reverse,
            narrow=narrow,
            entities=entities,
        )

    named = list(zip(found.objects, found.names, strict=True))
    return ItemCollection(
        [one for one, name in named if name is not None],
        unknown=[one for one, name in named if name is None],
        call=plan.call,
        cursor=found.cursor,
        request=found.request,
        stats=found.stats,
        following=following,
    )


def run_one(
    reader: Reader,
    entity: Entity,
    pattern: Pattern,
    args: tuple[object, ...],
    *,
    entities: Sequence[Entity] = (),
) -> object | None:
    """The one object that the pattern finds, or None.

    Raises NotUniqueError naming both where two match, and as `run_page`.
    """
    plan, found = _read(reader, entity, pattern, args, 2, None, False, {}, entities)
    if len(found.objects) > 1:
        keys = f"{_named(plan, found.first)} and {_named(plan, found.last)}"
        raise NotUniqueError(f"{plan.call} found more than one item: {keys}")
    return found.objects[0] if found.objects else None


@dataclass
class _Found:
    """What was read: objects and the names of their entities; of the items the first and the last."""

    objects: list[object] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    first: RawItem = field(default_factory=dict)
    last: RawItem = field(default_factory=dict)
    cursor: str | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    stats: Stats = field(default_factory=Stats)


def _read(
    reader: Reader,
    entity: Entity,
    pattern: Pattern,
    args: tuple[object, ...],
    limit: int,
    cursor: str | None,
    reverse: bool,
    narrow: Mapping[str, object],
    entities: Sequence[Entity],
) -> tuple[Plan, _Found]:
    if type(limit) is not int or limit < 1:
        raise UsageError(f"limit is {shorten(limit)}", code="KX410", where=asked(entity, pattern))
    plan = make_plan(
        reader, entity, pattern, args, reverse=reverse, narrow=narrow, entities=entities
    )
    seal = current().seal
    start = None if cursor is None else read_cursor(plan, cursor, seal)
    found = _Found()
    if plan.stretch is None:
        return plan, found
    more = _collect(reader, plan, limit, start, found)
    if more:
        found.cursor = write_cursor(plan, found.last, seal)
    return plan, found


def _collect(
    reader: Reader,
    plan: Plan,
    limit: int,
    start: Mapping[str, AttributeValue] | None,
    found: _Found,
) -> bool:
    """Read into `found` until it has `limit` items; whether more may come after them."""
    requests, scanned, dropped = 0, 0, 0
    capacity: float | None = None
    while True:
        wanted = limit - len(found.objects)
        request = {**plan.request, "Limit": _page_size(plan, wanted, requests, dropped)}
        if start is not None:
            request["ExclusiveStartKey"] = start
        found.request = found.request or request
        answer, items = reader.query(dict(request))
        requests += 1
        scanned += answer.get("ScannedCount", 0)
        used = answer.get("ConsumedCapacity", {}).get("CapacityUnits")
        capacity = capacity if used is None else (capacity or 0.0) + float(used)
        found.stats = Stats(requests, scanned, capacity)
        start = answer.get("LastEvaluatedKey")
        with collector_paused():
            for item, text in items:
                name = reader.entity_name(item)
                if not plan.accepts(item, name):
                    dropped += 1
                elif len(found.objects) == limit:
                    return True
                else:
                    found.objects.append(reader.load(item, plan.partial, text))
                    found.names.append(name)
                    found.first = found.first or item
                    found.last = item
        if not start or len(found.objects) == limit:
            return bool(start)


def _page_size(plan: Plan, wanted: int, requests: int, dropped: int) -> int:
    """How many items to read: what is wanted, and more where not every item read will do."""
    wanted = min(wanted, _MOST_WANTED)
    if not plan.compared and not dropped:
        return wanted
    return min(max(wanted, _LEAST_READ) << min(requests, 10), max(wanted, _MOST_READ))


def _named(plan: Plan, item: RawItem) -> str:
    """An item by its primary key."""
    key = {
        name: next(iter(item.get(name, {}).values()), None)
        for name, _ in (*plan.table_hash, *plan.table_range)
    }
    return "(" + ", ".join(f"{name}={shorten(value)}" for name, value in key.items()) + ")"
