"""Acting on a run from another terminal, through the item of its lease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import UsageError
from kxmodel.migrate.holder import host, user

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database


def pause(database: Database) -> None:
    """Hold the run that is under way, and any later one, until `resume`.

    A run sees it with its next heartbeat and keeps its lease. Raises MigrationError KX655 where
    nothing was ever run.
    """
    by = f"{user()} on {host()}"
    database.history.wish("SET #p = :p", {"#p": "paused_by"}, {":p": {"S": by}})


def resume(database: Database) -> None:
    """Let the run go on. Raises MigrationError KX655 where nothing was ever run."""
    database.history.wish("REMOVE #p", {"#p": "paused_by"}, {})


def set_rate(
    database: Database, max_wcu: float | None = None, max_rcu: float | None = None
) -> None:
    """Change the rate of the run that is under way, in capacity units a second.

    0 lifts the limit; None leaves it. Raises UsageError KX002 for a rate below 0 and where neither is
    given, MigrationError KX655 where nothing was ever run.
    """
    given = {"max_wcu": max_wcu, "max_rcu": max_rcu}
    wanted = {name: rate for name, rate in given.items() if rate is not None}
    if not wanted:
        raise UsageError("no rate is given", fix="Give write units, read units, or both.")
    for rate in wanted.values():
        if not 0 <= rate < 1e12:
            raise UsageError(f"{rate} is no rate of capacity units a second")
    database.history.wish(
        "SET " + ", ".join(f"#{name} = :{name}" for name in wanted),
        {f"#{name}": name for name in wanted},
        {f":{name}": {"N": f"{rate:f}"} for name, rate in wanted.items()},
    )
