"""What a run asks of the engine that goes over the items of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.backfill import StopSignal
    from kxmodel.migrate.tasks import Task, TaskSpec

#: ``change``: write what differs. ``settle``: that, and then prove it. ``prove``: scan again, and repair
#: until a scan finds nothing. ``look``: one scan that says what a proof would
#: write. ``read``: judge every item by a task that changes none.
Mode: TypeAlias = Literal["change", "settle", "prove", "look", "read"]


@dataclass(frozen=True)
class Went:
    """How a pass over the items went.

    finished: all of them were gone over; otherwise `reason` says why not, and the pass can be gone
    on with. counts: of the items, by what became of them. bad: some of the bad items, in words.
    report: the file that holds all of them.
    """

    finished: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    bad: tuple[str, ...] = ()
    report: str | None = None


class Items(Protocol):
    """An engine that goes over the items of a table."""

    def go(self, name: str, task: Task, spec: TaskSpec, mode: Mode, stop: StopSignal) -> Went:
        """Go over the table of the task, from where the pass of this name stopped.

        name: the same for the same operation within one going through of a migration. spec: what
        another process makes the same task from.
        Raises MigrationError, among others where a proof fails.
        """
        ...

    def forget(self, name: str) -> None:
        """The pass of this name is recorded as done: what was kept to resume it can go."""
        ...

    def spend(self, estimate: float, told: float | None) -> float:
        """Book read capacity units of reads beside the passes; returns the seconds to wait after them.

        told: what the endpoint says they are; None where it says nothing.
        """
        ...

    def set_rate(self, max_wcu: float | None, max_rcu: float | None) -> None:
        """Change the rate of what is under way, in capacity units a second; None: no limit."""
        ...
