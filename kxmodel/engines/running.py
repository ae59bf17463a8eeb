"""A DynamoDB that can be talked to: an engine of ours, or an endpoint of the user's."""

from __future__ import annotations

import atexit
import os
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kxmodel.engines.quirks import QUIRKS, Quirks
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from types import TracebackType

    from kxmodel.engines.child import Child


class RunningEngine:
    """A running DynamoDB and what is known about it. As a context manager it stops at the end.

    name: ``dynoxide``, ``ministack``, ``moto``; ``aws`` or ``custom`` for an endpoint of the user's.
    version: the engine's version; empty where unknown.
    endpoint_url: where it answers, e.g. ``http://127.0.0.1:40123``.
    pid: the engine's process id; None where the process is not ours.
    quirks: what it does differently from Amazon DynamoDB.
    """

    def __init__(
        self, *, name: str, version: str, endpoint_url: str, child: Child | None = None
    ) -> None:
        self.name = name
        self.version = version
        self.endpoint_url = endpoint_url
        self.quirks: Quirks = QUIRKS[name]
        self.pid: int | None = child.pid if child else None
        self._child = child
        self._owner = os.getpid()
        self._stopping = threading.Lock()
        if child:
            atexit.register(self.stop)

    @property
    def running(self) -> bool:
        """False once an engine of ours has ended; an endpoint of the user's counts as running."""
        return self._child is None or self._child.alive

    def stop(self) -> str:
        """Stop the engine and wait until it is gone; returns the last 8 KB that it printed.

        Does nothing the second time, for an endpoint that is not ours, and in a forked child of the
        process that started it.
        """
        if self._child is None or os.getpid() != self._owner:
            return ""
        atexit.unregister(self.stop)
        with self._stopping:
            return self._child.stop()

    def __enter__(self) -> RunningEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<RunningEngine {self.name} {self.version} at {self.endpoint_url}>".replace(
            "  ", " "
        )


def attach(endpoint_url: str) -> RunningEngine:
    """The DynamoDB at an endpoint of the user's; nothing is sent to it, and `stop` leaves it alone.

    Raises EngineError KX509 when the text is not an http or https URL of a host.
    """
    try:
        parts = urlsplit(endpoint_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host:
        raise EngineError(f"{endpoint_url!r} is not the URL of an endpoint", code="KX509")
    aws = host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws"))
    return RunningEngine(
        name="aws" if aws else "custom", version="", endpoint_url=endpoint_url.rstrip("/")
    )
