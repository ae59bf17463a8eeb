"""How a backfill is run, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.migrate.backfill.counts import Counts

#: Which requests write: batches of PartiQL where the endpoint can be trusted with them, or UpdateItem.
WritePath: TypeAlias = Literal["auto", "partiql", "update"]
Ended: TypeAlias = Literal["finished", "stopped", "out of time", "too many bad"]


@dataclass(frozen=True)
class Options:
    """run: its name in the ledger; the same name resumes it.

    workers: units under way at once. segments: of the scan; None: enough for the table's size.
    max_seconds: after which the run ends by itself, to be resumed. limit_bad: so many bad items end it;
    at most ``workers - 1`` more are found, and what DynamoDB itself refuses in their last batches.
    key_cap: write units a second for any one partition key, of the table or an index.
    slice_seconds: a worker reports after at most so long.
    trust_capacity: whether the endpoint's ConsumedCapacity is true; else estimates count.
    report: the JSON Lines file of bad items. write: False judges only.
    heavy: a partition key with so many items in a row is split. attempts: slices without progress
    until the run gives up.
    """

    run: str
    workers: int = 4
    segments: int | None = None
    path: WritePath = "auto"
    max_seconds: float | None = None
    limit_bad: int | None = None
    key_cap: float = 500.0
    slice_seconds: float = 4.0
    trust_capacity: bool = True
    report: Path | None = None
    write: bool = True
    heavy: int = 5000
    page: int = 1000
    attempts: int = 10


@dataclass(frozen=True)
class Result:
    """counts, written: of the whole run, earlier parts included. Only ``finished`` means that all is done.

    written: the items that were, bad ones included that lacked something beside what they are bad for.
    """

    ended: Ended
    counts: Counts
    reason: str = ""
    written: int = 0

    @property
    def finished(self) -> bool:
        """Whether every unit is done."""
        return self.ended == "finished"
