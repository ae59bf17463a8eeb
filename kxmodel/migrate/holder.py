"""The lease's item as others see it: who holds it, and what is asked of them."""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from kxmodel.migrate.schema.control import persist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.schema.control import ControlClient

#: The item of the lease in the history table.
KEY: Final = {"kind": {"S": "lease"}, "name": {"S": "migrate"}}


@dataclass(frozen=True)
class Holder:
    """Who holds the lease. owner: the run's id. token, beat: its two numbers."""

    owner: str | None
    who: str
    host: str
    since: str
    token: int
    beat: int
    duration: float

    def __str__(self) -> str:
        return f"{self.who} on {self.host}, since {self.since}"


@dataclass(frozen=True)
class Wishes:
    """What another terminal asked of the run. paused_by: who, while a pause is wanted.

    max_wcu, max_rcu: capacity units a second; None: as the run was started. A new run begins without.
    """

    paused_by: str | None = None
    max_wcu: float | None = None
    max_rcu: float | None = None


def read_holder(client: ControlClient, table: str, clock: Clock) -> Holder | None:
    """The lease as it stands; `owner` None where it is free, None where it was never taken."""
    reply = persist(
        lambda: client.get_item(TableName=table, Key=KEY, ConsistentRead=True),
        clock=clock,
        what=f"read the lease in {table}",
    )
    item = reply.get("Item") or {}
    if "token" not in item:
        return None
    return Holder(
        owner=_text(item, "owner"),
        who=_text(item, "who") or "?",
        host=_text(item, "host") or "?",
        since=_text(item, "since") or "?",
        token=int(item["token"]["N"]),
        beat=int(item["beat"]["N"]),
        duration=float(item["duration"]["N"]),
    )


def wishes_of(item: Mapping[str, Any]) -> Wishes:
    """The wishes that stand in the lease's item."""

    def number(name: str) -> float | None:
        return float(item[name]["N"]) if name in item else None

    return Wishes(_text(item, "paused_by"), number("max_wcu"), number("max_rcu"))


def user() -> str:
    """Who runs this, for people to read."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "?"


def host() -> str:
    """The machine and process that run this, for people to read."""
    return f"{socket.gethostname()} (process {os.getpid()})"


def tool() -> str:
    """The version of kxmodel that is installed here."""
    try:
        return version("kxmodel")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "not installed"


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name, {}).get("S")
    return None if value is None else str(value)
