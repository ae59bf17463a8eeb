"""What travels to a worker and what comes back: plain JSON both ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from kxmodel.migrate.backfill.bad import BadItem
from kxmodel.migrate.backfill.counts import Counts
from kxmodel.migrate.backfill.table import TableFacts
from kxmodel.migrate.backfill.unit import Unit, item_in, item_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.backfill.statement import Form
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import JSON


@dataclass(frozen=True)
class Slice:
    """A short piece of work.

    seconds: from its beginning in the worker until its lease ends; no clock of another machine is
    compared. request_timeout: seconds that a request can be under way; none is sent later than so
    long before the lease's end. wcu, rcu: the grant, or None. key_cap: write units a second for one
    partition key of the table; index_cap: of an index. bad: so many bad items end it; None: any.
    form: how PartiQL sets attributes; None: UpdateItem.
    write: False only judges, and an item that would be written counts as failed.
    rcu_per_item, wcu_per_write: estimates, until the worker learns better.
    trust: whether the endpoint's capacity figures are true.
    heavy: so many items of one partition key in a row are reported, to be split.
    """

    unit: Unit
    table: TableFacts
    seconds: float
    request_timeout: float
    wcu: float | None = None
    rcu: float | None = None
    key_cap: float = 500.0
    index_cap: float = 500.0
    bad: int | None = None
    form: Form | None = None
    write: bool = True
    rcu_per_item: float = 0.25
    wcu_per_write: float = 1.0
    trust: bool = True
    heavy: int = 5000
    page: int = 1000

    def to_json(self) -> dict[str, JSON]:
        """Plain JSON of all fields."""
        plain = {n: v for n, v in vars(self).items() if n not in ("unit", "table")}
        return {**plain, "unit": self.unit.to_json(), "table": self.table.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, JSON]) -> Slice:
        """The opposite of `to_json`."""
        plain: dict[str, Any] = {n: v for n, v in value.items() if n not in ("unit", "table")}
        return cls(
            unit=Unit.from_json(cast("Mapping[str, JSON]", value["unit"])),
            table=TableFacts.from_json(cast("Mapping[str, JSON]", value["table"])),
            **plain,
        )


@dataclass(frozen=True)
class Report:
    """What a worker did of a slice.

    cursor: the key of the last item up to which every write is acknowledged; None: of none yet.
    counts, bad, written: of the items up to there, not counting what earlier slices did.
    wcu, rcu: spent. throttled_reads, throttled_writes: how often, for reasons that slowing down helps
    against; hot: how often for a hot partition. heavy: it stands amid a heavy partition key.
    trouble: why it could not go on although it had time left, for a person to read.
    """

    cursor: Item | None = None
    done: bool = False
    counts: Counts = field(default_factory=Counts)
    bad: tuple[BadItem, ...] = ()
    written: int = 0
    wcu: float = 0.0
    rcu: float = 0.0
    throttled_reads: int = 0
    throttled_writes: int = 0
    hot: int = 0
    heavy: bool = False
    trouble: str = ""
    rcu_per_item: float = 0.25
    wcu_per_write: float = 1.0

    def to_json(self) -> dict[str, JSON]:
        """Plain JSON of all fields."""
        return {
            **vars(self),
            "cursor": item_out(self.cursor),
            "counts": dict(self.counts.to_json()),
            "bad": [row.to_json() for row in self.bad],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, JSON]) -> Report:
        """The opposite of `to_json`."""
        plain: dict[str, Any] = dict(value)
        plain["cursor"] = item_in(plain["cursor"])
        plain["counts"] = Counts.from_json(plain["counts"])
        plain["bad"] = tuple(BadItem.from_json(row) for row in plain["bad"])
        return cls(**plain)
