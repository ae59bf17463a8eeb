"""What order and how many: whether the sort key gives what a pattern promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors.base import shorten
from kxmodel.lint.reads import Read, reads
from kxmodel.lint.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Table

#: Filters behind which the order of the values is lost: what the key is sorted by instead.
_COARSE = {"date": "it is cut to the {0}", "shard": "it is spread over {0} shards"}


@rule("KX205", "warning")
def no_order(table: Table) -> Iterator[Fault]:
    """A pattern asks for an order, and nothing of the sort key is left to sort by."""
    for read in reads(table):
        if read.pattern.order == "ascending" or read.pattern.result == "one":
            continue
        if len(read.returned) > 1 and read.range:
            continue
        if any(read.leading(entity)[1] for entity in (read.entity, *read.returned)):
            continue
        reason = "its sort key is given whole" if read.range else f"{read.target} has no sort key"
        yield Fault(
            read.place("order"), f"{read.name} has nothing to put in descending order: {reason}"
        )


@rule("KX206", "warning")
def coarse_order(table: Table) -> Iterator[Fault]:
    """Items come in the order of a part of the value only."""
    for read in reads(table):
        if read.pattern.result == "one":
            continue
        _, first = read.leading(read.entity)
        if first is None or _told_whole_later(read, first.source):
            continue
        for bound in first.filters:
            if bound.name in _COARSE:
                why = _COARSE[bound.name].format(bound.argument)
                declared = read.place("range")
                yield Fault(
                    declared if declared in table.locations else read.place("order"),
                    f"{read.name} is not in the order of {shorten(first.source)}: {why} in the sort "
                    "key, and within one value the order is that of what follows",
                    f"Put ${{{first.source}}} itself behind it in the sort key's template.",
                )


@rule("KX210", "note")
def not_unique(table: Table) -> Iterator[Fault]:
    """A pattern that finds one reads a key that several items can have."""
    for read in reads(table):
        if read.pattern.result != "one" or _unique(read):
            continue
        yield Fault(
            read.place("result"),
            f"{read.name} finds one, but {read.target} can hold several for the same arguments; "
            "two matches raise NotUniqueError",
        )


def _unique(read: Read) -> bool:
    """Whether the arguments settle the whole primary key, which DynamoDB keeps unique."""
    if len(read.returned) > 1:
        return False
    sources = {s for template in read.entity.keys.values() for s in template.sources}
    return sources <= read.known


def _told_whole_later(read: Read, source: str) -> bool:
    """Whether the value stands in the sort key whole as well, directly behind its coarse form."""
    parts = [p for t in read.keys(read.entity, read.range) for p in t.placeholders]
    first = next(i for i, part in enumerate(parts) if part.source == source)
    behind = parts[first + 1] if first + 1 < len(parts) else None
    return behind is not None and behind.source == source and not behind.lossy
