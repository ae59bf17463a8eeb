"""How a run is to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kxmodel.migrate.lease import DURATION

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path


@dataclass(frozen=True)
class Options:
    """wait: for another run to end. confirm: what the last run stopped for is done.

    allow_destructive, accept_stream_events, single_writer_region: what would be refused otherwise.
    remove_values: on the way down, remove the keys that equal what the templates give.
    max_wcu, max_rcu: capacity units a second; None: as much as DynamoDB gives.
    max_seconds: after which the run stops cleanly, to be resumed. limit_bad: as many bad items end it; at
    most one less than the workers are found beyond that, and what DynamoDB itself refuses in their
    last batches.
    write_path: ``auto`` (batches where the engine answers a probe correctly), ``partiql``, ``update``.
    segments: pieces of a table that are read apart; None: by its size. workers: at work at once.
    executor: runs the units, see `kxmodel.migrate.run.executors`; None: threads. report: where bad items are written; None: nowhere.
    lease_seconds: without a heartbeat after which another run may take over.
    """

    wait: bool = False
    confirm: bool = False
    allow_destructive: bool = False
    accept_stream_events: bool = False
    single_writer_region: bool = False
    remove_values: bool = False
    max_wcu: float | None = None
    max_rcu: float | None = None
    max_seconds: float | None = None
    limit_bad: int | None = None
    write_path: Literal["auto", "partiql", "update"] = "auto"
    segments: int | None = None
    workers: int = 8
    executor: Executor | None = None
    report: Path | None = None
    lease_seconds: float = DURATION
