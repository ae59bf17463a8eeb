"""A piece of a table: what one worker reads at a time, and how far it has come."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from kxmodel.migrate.backfill.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import JSON, AttributeValue


@dataclass(frozen=True)
class KeyRange:
    """The items of one partition key whose sort keys lie above `after` and up to `through`."""

    hash: AttributeValue
    after: AttributeValue
    through: AttributeValue


@dataclass(frozen=True)
class Unit:
    """A segment of a parallel scan, or a range of one item collection.

    name: unique within a run. segment, total: of the scan; unused where `range` is given.
    cursor: the key of the last item behind which nothing is left to do. done: all of it.
    counts: of the items up to the cursor. written: how many of them were.
    """

    name: str
    segment: int = 0
    total: int = 1
    range: KeyRange | None = None
    cursor: Item | None = None
    done: bool = False
    counts: Counts = field(default_factory=Counts)
    written: int = 0

    def advanced(self, cursor: Item | None, done: bool, counts: Counts, written: int = 0) -> Unit:
        """The unit after more of it was done."""
        return replace(
            self,
            cursor=cursor,
            done=done,
            counts=self.counts + counts,
            written=self.written + written,
        )

    def to_json(self) -> dict[str, JSON]:
        """Plain JSON; binary keys are in base64."""
        ends: JSON = None
        if self.range is not None:
            ends = [_out(self.range.hash), _out(self.range.after), _out(self.range.through)]
        return {
            "name": self.name,
            "segment": self.segment,
            "total": self.total,
            "range": ends,
            "cursor": item_out(self.cursor),
            "done": self.done,
            "counts": dict(self.counts.to_json()),
            "written": self.written,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, JSON]) -> Unit:
        """The opposite of `to_json`."""
        ends = cast("list[dict[str, str]] | None", value["range"])
        return cls(
            name=str(value["name"]),
            segment=cast("int", value["segment"]),
            total=cast("int", value["total"]),
            range=None if ends is None else KeyRange(*map(_in, ends)),
            cursor=item_in(value["cursor"]),
            done=bool(value["done"]),
            counts=Counts.from_json(cast("dict[str, int]", value["counts"])),
            written=cast("int", value.get("written", 0)),
        )


def item_out(item: Item | None) -> JSON:
    """A key in plain JSON."""
    return None if item is None else {name: _out(value) for name, value in item.items()}


def item_in(value: JSON) -> Item | None:
    """The opposite of `item_out`."""
    if value is None:
        return None
    return {n: _in(v) for n, v in cast("dict[str, dict[str, str]]", value).items()}


def _out(value: AttributeValue) -> JSON:
    if "B" in value:
        return {"B": base64.b64encode(bytes(value["B"])).decode("ascii")}
    return dict(cast("dict[str, str]", value))


def _in(value: Mapping[str, str]) -> AttributeValue:
    if "B" in value:
        return {"B": base64.b64decode(value["B"])}
    return cast("AttributeValue", dict(value))
