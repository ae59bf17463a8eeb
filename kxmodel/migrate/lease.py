"""The lease of an environment: who may migrate it, and the token that a stale holder lacks.

One item of the history table. Its ``token`` grows by one at every taking and its ``beat`` at every
heartbeat. Nobody compares two machines' clocks: who wants a lease that is held watches both numbers
for as long as the holder declared, by its own clock, and takes the lease only if neither moved. The
holder counts the same time from before its last heartbeat was sent, by its own clock, and stops earlier
by what a request may take. What it records is recorded in one transaction with a check of its token.
"""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError

from kxmodel.errors import LeaseLost, MigrationError, MigrationLocked
from kxmodel.migrate.clock import SystemClock
from kxmodel.migrate.holder import KEY, Wishes, host, read_holder, user, wishes_of
from kxmodel.migrate.schema.control import BUSY, code_of, is_lost, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.holder import Holder
    from kxmodel.migrate.schema.control import ControlClient

#: Seconds without a heartbeat after which a lease may be taken.
DURATION: Final = 30.0

#: Heartbeats a duration; with each of them other terminals' wishes are read.
_BEATS: Final = 6

#: How often a free lease is reached for in vain, about half a minute.
_TRIES: Final = 30

#: Two clocks of good machines drift apart by far less than this share of a duration.
_DRIFT: Final = 1.05


def _ignore(_: Holder) -> None:
    return


@dataclass
class Lease:
    """A lease on one history table, while it is held. Take it with `take`.

    request_timeout: seconds after which no request of this run is still under way.
    """

    client: ControlClient
    table: str
    clock: Clock = field(default_factory=SystemClock)
    duration: float = DURATION
    request_timeout: float = 5.0
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    token: int = 0
    wishes: Wishes = field(default_factory=Wishes)
    _deadline: float = field(default=0.0, init=False)
    _taken: bool = field(default=False, init=False)

    def take(
        self,
        *,
        wait: bool = False,
        told: Callable[[Holder], None] = _ignore,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the lease, from a holder whose heartbeat has ended if need be.

        That takes its declared duration. wait: also wait for a living holder to end. told: is given
        the holder that is waited for. check: is called while waiting, and may raise.
        Raises MigrationLocked KX640 when a holder lives and `wait` is False, MigrationError KX651 where
        DynamoDB does not let a free lease be taken.
        """
        watched: Holder | None = None
        since = self.clock.monotonic()
        tries = 0
        while True:
            held = read_holder(self.client, self.table, self.clock)
            if held is None or held.owner is None or held.owner == self.owner:
                if self._try(held):
                    return
                if (tries := tries + 1) >= _TRIES:
                    raise MigrationError(
                        f"the lease on {self.table} is free, and could not be taken in {tries} tries",
                        code="KX651",
                    )
                self.clock.sleep(min(1.0, 0.05 * 2.0**tries))
                continue
            moved = watched is not None and (held.token, held.beat) != (watched.token, watched.beat)
            if watched is None or moved:
                if moved and not wait:
                    raise MigrationLocked(f"the lease on {self.table} is held by {held}")
                if watched is None:
                    told(held)
                watched, since = held, self.clock.monotonic()
            elif self.clock.monotonic() - since > held.duration * _DRIFT and self._try(held):
                return
            check()
            self.clock.sleep(min(1.0, held.duration / 10))

    def renew(self) -> None:
        """Send one heartbeat and read the wishes.

        Raises LeaseLost KX641 if another run holds the lease. A heartbeat that cannot be sent is
        not fatal before the lease's end.
        """
        sent = self.clock.monotonic()
        try:
            reply = self.client.update_item(
                TableName=self.table,
                Key=KEY,
                UpdateExpression="ADD #beat :one",
                ConditionExpression="#owner = :owner AND #token = :token",
                ExpressionAttributeNames={"#beat": "beat", "#owner": "owner", "#token": "token"},
                ExpressionAttributeValues={":one": {"N": "1"}, **self._mine()},
                ReturnValues="ALL_NEW",
            )
        except Exception as error:
            if code_of(error) == "ConditionalCheckFailedException":
                self._lose()
            # Credentials that cannot be had at the moment are among them.
            if not (code_of(error) or isinstance(error, BotoCoreError)):
                raise
            return
        self._deadline = sent + self._usable
        self.wishes = wishes_of(reply.get("Attributes", {}))

    def check(self) -> None:
        """Raises LeaseLost KX641 when the lease has ended by this machine's clock, or was taken."""
        if not self._taken or self.clock.monotonic() >= self._deadline:
            self._lose()

    @property
    def remaining(self) -> float:
        """Seconds for which requests may still be sent."""
        return max(0.0, self._deadline - self.clock.monotonic()) if self._taken else 0.0

    def guard(self) -> Mapping[str, object]:
        """The part of a transaction that fails it once this lease is another's."""
        return {
            "ConditionCheck": {
                "TableName": self.table,
                "Key": KEY,
                "ConditionExpression": "#owner = :owner AND #token = :token",
                "ExpressionAttributeNames": {"#owner": "owner", "#token": "token"},
                "ExpressionAttributeValues": self._mine(),
            }
        }

    def release(self) -> None:
        """Give the lease up; one that is another's already is left alone."""
        if not self._taken:
            return
        self._taken = False
        try:
            self.client.update_item(
                TableName=self.table,
                Key=KEY,
                UpdateExpression="REMOVE #owner",
                ConditionExpression="#owner = :owner AND #token = :token",
                ExpressionAttributeNames={"#owner": "owner", "#token": "token"},
                ExpressionAttributeValues=self._mine(),
            )
        except Exception as error:
            # It ends by itself when the heartbeats do; that it was taken is no loss here.
            if not (code_of(error) or is_lost(error)):
                raise

    @property
    def _usable(self) -> float:
        """Seconds of the duration in which requests may be sent: the last one ends within it."""
        return max(self.duration - self.request_timeout, self.duration / 2)

    def _mine(self) -> dict[str, object]:
        return {":owner": {"S": self.owner}, ":token": {"N": str(self.token)}}

    def _lose(self) -> None:
        self._taken = False
        raise LeaseLost(f"this run no longer holds the lease on {self.table}")

    def _try(self, seen: Holder | None) -> bool:
        """Take what was seen, if nobody was quicker."""
        sent = self.clock.monotonic()
        token = 1 if seen is None else seen.token + 1
        values: dict[str, object] = {
            ":owner": {"S": self.owner},
            ":token": {"N": str(token)},
            ":zero": {"N": "0"},
            ":who": {"S": user()},
            ":host": {"S": host()},
            ":since": {"S": self.clock.now()},
            ":duration": {"N": f"{self.duration:g}"},
        }
        if seen is None:
            condition = "attribute_not_exists(#token)"
        else:
            condition = "#token = :seen AND #beat = :beat"
            values |= {":seen": {"N": str(seen.token)}, ":beat": {"N": str(seen.beat)}}
            condition += " AND attribute_not_exists(#owner)" if seen.owner is None else ""
        names = ("owner", "token", "beat", "who", "host", "since", "duration", "max_wcu", "max_rcu")
        try:
            reply = self.client.update_item(
                TableName=self.table,
                Key=KEY,
                UpdateExpression="SET #owner = :owner, #token = :token, #beat = :zero, #who = :who, "
                "#host = :host, #since = :since, #duration = :duration REMOVE #max_wcu, #max_rcu",
                ConditionExpression=condition,
                ExpressionAttributeNames={f"#{name}": name for name in names},
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
            )
        except Exception as error:
            code = code_of(error)
            if code == "ConditionalCheckFailedException" or is_lost(error):
                # Another was quicker, or the reply was lost: what the item says now decides.
                return False
            if code in BUSY:
                return False
            raise (refused(error, f"take the lease on {self.table}") if code else error) from error
        self.token, self._taken = token, True
        self._deadline = sent + self._usable
        self.wishes = wishes_of(reply.get("Attributes", {}))
        return True


class Heartbeat:
    """Renews a lease from a thread of its own, as a context manager.

    changed: is called after each beat, in that thread; what it raises ends neither.
    """

    def __init__(self, lease: Lease, changed: Callable[[], None] = lambda: None) -> None:
        self._lease = lease
        self._changed = changed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kxmodel-lease", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._lease.duration / _BEATS):
            lost = False
            try:
                self._lease.renew()
            except LeaseLost:
                lost = True  # `check` says so to everyone who asks
            with suppress(Exception):
                self._changed()
            if lost:
                return
