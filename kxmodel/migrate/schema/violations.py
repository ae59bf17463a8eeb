"""Stored values that an index's key cannot take, found before DynamoDB meets them.

DynamoDB leaves an item out of a new index when a key attribute has another type or is too large, and
from then on refuses every write that leaves it so:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.ViolationDetection.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kxmodel.errors import IndexBlocked, MigrationError
from kxmodel.errors.base import shorten
from kxmodel.migrate.schema.reading import Reading
from kxmodel.migrate.schema.waiting import Phase, describe
from kxmodel.values import MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES, utf8_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.ir import KeyAttribute
    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control
    from kxmodel.migrate.state import IndexState

#: As many are kept to be shown; all are counted.
KEPT: Final = 20


@dataclass(frozen=True)
class Violation:
    """A stored value that keeps its item out of the index. key: the item's key, in words."""

    key: str
    attribute: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key}: {self.attribute} {self.reason}"


@dataclass(frozen=True)
class Violations:
    """count: how many there are in `items` items read. first: some of them."""

    items: int
    count: int
    first: tuple[Violation, ...]


def refuse_violations(control: Control, table: str, *indexes: IndexState) -> Violations:
    """Read the table, consistently, and raise IndexBlocked KX642 where a value violates one of the indexes.

    Nothing is read where the indexes' keys are the table's own.
    """
    found = find_violations(control, table, *indexes)
    if found.count:
        shown = "".join(f"\n  - {each}" for each in found.first)
        rest = found.count - len(found.first)
        more = f"\n  and {rest:,} more" if rest else ""
        raise IndexBlocked(
            f"{found.count:,} stored value{'s' if found.count > 1 else ''} of {table} would violate "
            f"{_named(indexes)}:{shown}{more}"
        )
    return found


def find_violations(control: Control, table: str, *indexes: IndexState) -> Violations:
    """The stored values that the indexes' keys cannot take."""
    description = describe(control, table)
    if description is None:
        raise MigrationError(
            f"there is no table {table} to create {_named(indexes)} in", code="KX643"
        )
    found_checks = (check for index in indexes for check in _checks(description, index))
    # Of an attribute that several have the least of what they take.
    checks = list({a: (a, n) for a, n in sorted(found_checks, key=lambda c: -c[1])}.values())
    if not checks:
        return Violations(0, 0, ())
    keys = [each["AttributeName"] for each in description["KeySchema"]]

    def read(pages: Iterator[Response]) -> Violations:
        items, count, found = 0, 0, list[Violation]()
        for page in pages:
            items += len(page["Items"])
            for item in page["Items"]:
                for violation in judge(item, keys, checks):
                    count += 1
                    if len(found) < KEPT:
                        found.append(violation)
        return Violations(items, count, tuple(found))

    control.tell(Phase(f"table {table}", f"stored values being checked for {_named(indexes)}", 0.0))
    parts = Reading(control, description, [*keys, *(a.name for a, _ in checks)]).each(read)
    first = sorted((each for part in parts for each in part.first), key=str)[:KEPT]
    return Violations(sum(p.items for p in parts), sum(p.count for p in parts), tuple(first))


def _named(indexes: Sequence[IndexState]) -> str:
    names = [index.name for index in indexes]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _checks(description: Response, index: IndexState) -> list[tuple[KeyAttribute, int]]:
    """The key attributes to look at, each with its greatest length in bytes.

    The table's own keys only where the index allows them less than the table does. Keys of other
    indexes are looked at: an index made over bad values is there, and its items are not in it.
    """
    limits = {
        each["AttributeName"]: _limit(each["KeyType"] == "HASH")
        for each in description.get("KeySchema", ())
    }
    wanted = [(each, _limit(True)) for each in index.hash]
    wanted += [(each, _limit(False)) for each in index.range]
    return [(each, limit) for each, limit in wanted if limits.get(each.name, limit + 1) > limit]


def _limit(is_hash: bool) -> int:
    return MAX_PARTITION_KEY_BYTES if is_hash else MAX_SORT_KEY_BYTES


def judge(
    item: Mapping[str, Mapping[str, Any]],
    keys: Sequence[str],
    checks: Sequence[tuple[KeyAttribute, int]],
) -> Iterator[Violation]:
    """The violations of one item in DynamoDB JSON. checks: attributes and their greatest bytes."""
    for attribute, limit in checks:
        value = item.get(attribute.name)
        if value is None:
            continue
        reason = _reason(value, attribute.type, limit)
        if reason:
            shown = ", ".join(f"{k}={shorten(_content(item[k]))}" for k in keys if k in item)
            yield Violation(shown, attribute.name, reason)


def _reason(value: Mapping[str, Any], wanted: str, limit: int) -> str | None:
    kind, content = next(iter(value.items()))
    if kind != wanted:
        return f"is of type {kind}, not {wanted}: {shorten(content)}"
    if kind == "N":
        return None
    size = utf8_length(content) if kind == "S" else len(content)
    if size == 0:
        return "is empty"
    return f"has {size:,} bytes, over {limit:,}" if size > limit else None


def _content(value: Mapping[str, Any]) -> object:
    return next(iter(value.values()))
