"""What a run of migrations and a repair have in common: the lease, and passes that can be held."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kxmodel.migrate.lease import Heartbeat, Lease
from kxmodel.migrate.run.events import LeaseAwaited
from kxmodel.migrate.run.reins import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Event
    from kxmodel.migrate.run.items import Items, Mode, Went
    from kxmodel.migrate.run.options import Options
    from kxmodel.migrate.run.reins import Reins
    from kxmodel.migrate.tasks import Task, TaskSpec


@contextmanager
def holding(
    database: Database, options: Options, reins: Reins, tell: Callable[[Event], None]
) -> Iterator[Lease]:
    """The environment's lease, held and renewed while the block runs.

    Raises MigrationLocked KX640, MigrationError KX651, and Stopped where the wait for it is ended.
    """
    history = database.history
    history.ensure()
    lease = Lease(
        database.client,
        history.table,
        database.clock,
        duration=options.lease_seconds,
        request_timeout=min(database.settings.request_timeout, options.lease_seconds / 2),
    )
    try:
        lease.take(
            wait=options.wait, told=lambda holder: tell(LeaseAwaited(holder)), check=reins.check
        )
        with Heartbeat(lease, reins.beat):
            yield lease
    finally:
        lease.release()


def go_over(items: Items, reins: Reins, name: str, task: Task, spec: TaskSpec, mode: Mode) -> Went:
    """A pass over the items, held and taken up again as often as it is paused.

    Raises Stopped where it is to end before its end, LeaseLost KX641, and as `Items.go`.
    """
    while True:
        went = items.go(name, task, spec, mode, reins.signal())
        if went.finished:
            return went
        reins.check()
        if not reins.paused:
            raise Stopped(went.reason)
        reins.rest()
