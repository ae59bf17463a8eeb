"""Waiting until a table, and an index of it, have the state that is waited for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.errors import WaitedInVain
from kxmodel.migrate.clock import SystemClock
from kxmodel.migrate.schema.control import Response, code_of, persist

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.schema.control import ControlClient

#: Seconds between two looks at a table; an index of a large table takes hours.
_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 15.0


@dataclass(frozen=True)
class Phase:
    """What is waited for, as it is told: `subject` (``index GSI2 of messages``) is in `state`
    (``CREATING, backfilling``) since `seconds`."""

    subject: str
    state: str
    seconds: float


def _silent(_: Phase) -> None:
    return


@dataclass(frozen=True)
class Control:
    """The control plane of one endpoint.

    patience: seconds to wait for one table, index or setting. Backfilling an index takes DynamoDB
    minutes to days by the size of the table; None waits without end.
    tell: is given each phase, at every look. check: called at every look, before each page that is read and
    before a request is repeated, from several threads; it may take its time, and what it raises ends the
    waiting, while the change in the database goes on. spend: called after each page that is read, with
    an estimate of its read capacity units and what the endpoint says they are; returns the seconds to
    wait before the next.
    """

    client: ControlClient
    clock: Clock = field(default_factory=SystemClock)
    patience: float | None = None
    tell: Callable[[Phase], None] = _silent
    check: Callable[[], None] = lambda: None
    spend: Callable[[float, float | None], float] = lambda estimate, told: 0.0

    def send(self, request: Callable[[], Response], what: str) -> Response:
        """Send what may be sent twice; see `persist`."""
        return persist(request, clock=self.clock, what=what, check=self.check)

    def until(self, subject: str, look: Callable[[], str | None]) -> None:
        """Wait until `look` gives None; until then it gives the state in words.

        Raises WaitedInVain KX650 when the patience ends.
        """
        start, pause = self.clock.monotonic(), _FIRST_PAUSE
        while (state := look()) is not None:
            self.check()
            seconds = self.clock.monotonic() - start
            self.tell(Phase(subject, state, seconds))
            if self.patience is not None and seconds > self.patience:
                raise WaitedInVain(f"{subject} is still {state} after {seconds:.0f} s")
            self.clock.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)


def describe(control: Control, table: str) -> Response | None:
    """The table's description (``Table`` of DescribeTable); None where there is no such table."""
    from botocore.exceptions import ClientError

    def ask() -> Response:
        try:
            return control.client.describe_table(TableName=table)
        except ClientError as error:
            if code_of(error) == "ResourceNotFoundException":
                return {}
            raise

    return control.send(ask, f"describe table {table}").get("Table")


def index_of(description: Response | None, index: str) -> Response | None:
    """An index's own description within its table's; None where there is none."""
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        for each in (description or {}).get(kind, ()):
            if each.get("IndexName") == index:
                found: Response = each
                return found
    return None


def wait_for_table(control: Control, table: str) -> None:
    """Wait until the table is ACTIVE."""

    def look() -> str | None:
        status = (describe(control, table) or {}).get("TableStatus", "not there")
        return None if status == "ACTIVE" else str(status)

    control.until(f"table {table}", look)


def wait_for_no_table(control: Control, table: str) -> None:
    """Wait until there is no table of that name."""

    def look() -> str | None:
        found = describe(control, table)
        return None if found is None else str(found.get("TableStatus", "there"))

    control.until(f"table {table}", look)


def wait_for_index(control: Control, table: str, index: str) -> None:
    """Wait until the index itself is ACTIVE, and its table with it.

    A table is ACTIVE again while DynamoDB fills the index (IndexStatus CREATING, Backfilling true):
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html, "Phases of
    index creation". Local indexes and those made with their table have no Backfilling.
    """

    def look() -> str | None:
        description = describe(control, table)
        found = index_of(description, index)
        if found is None:
            return "not there"
        status = found.get("IndexStatus", "ACTIVE")
        if found.get("Backfilling"):
            return f"{status}, backfilling"
        if status != "ACTIVE":
            return str(status)
        whole = (description or {}).get("TableStatus", "ACTIVE")
        return None if whole == "ACTIVE" else f"{status}, its table {whole}"

    control.until(f"index {index} of {table}", look)


def wait_for_no_index(control: Control, table: str, index: str) -> None:
    """Wait until the table has no index of that name and is ACTIVE."""

    def look() -> str | None:
        description = describe(control, table)
        found = index_of(description, index)
        if found is not None:
            return str(found.get("IndexStatus", "there"))
        whole = (description or {}).get("TableStatus", "ACTIVE")
        return None if whole == "ACTIVE" else f"gone, its table {whole}"

    control.until(f"index {index} of {table}", look)
