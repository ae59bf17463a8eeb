"""The database that migrations are run against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kxmodel.migrate.client import ClientSettings, make, make_cloudwatch
from kxmodel.migrate.clock import SystemClock
from kxmodel.migrate.history import History
from kxmodel.migrate.names import Names
from kxmodel.migrate.schema import Control

if TYPE_CHECKING:
    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.schema import ControlClient


@dataclass(frozen=True)
class Database:
    """One endpoint, and the names of one environment's tables in it.

    settings: what workers build their own clients from. cloudwatch: a client for alarms; None: they
    are not asked for.
    """

    client: ControlClient
    names: Names = field(default_factory=Names)
    settings: ClientSettings = field(default_factory=ClientSettings)
    clock: Clock = field(default_factory=SystemClock)
    cloudwatch: Any | None = None

    @property
    def control(self) -> Control:
        """Its control plane."""
        return Control(self.client, self.clock)

    @property
    def history(self) -> History:
        """Its history."""
        return History(self.control, self.names.history_table)


def connect(settings: ClientSettings, names: Names | None = None) -> Database:
    """The database that these settings lead to. Raises UsageError KX002 where no region is known."""
    return Database(
        make(settings), names or Names(), settings, cloudwatch=make_cloudwatch(settings)
    )
