"""Migrating from a program: no printing, no prompting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.migrate.backfill.stop import StopSignal
from kxmodel.migrate.run.engine import BackfillItems
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Event, Outcome


def migrate(
    folder: Folder,
    database: Database,
    target: str | None = None,
    *,
    options: Options | None = None,
    tell: Callable[[Event], None] = lambda event: None,
    stop: StopSignal | None = None,
) -> Outcome:
    """Bring a database to a target, up or down, from wherever it is.

    folder: as `kxmodel.migrate.files.load_folder` reads it. target: None for the last migration; a
    revision or its number; ``0`` for none; ``+N``, ``-N``. tell: is given every event, at times from
    another thread. stop: set it for a clean end.

    Raises MigrationError: KX640 where another run holds the lease, KX641 where this one lost it, KX642
    to KX654 for what the codes say; TargetError KX611, GraphError, BackfillError.
    """
    chosen = options or Options()
    runner = Runner(
        folder,
        database,
        lambda lease: BackfillItems(database, chosen, tell, lambda: lease.remaining),
        chosen,
        stop or StopSignal(),
        tell,
    )
    return runner.run(target)
