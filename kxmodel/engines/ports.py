"""A port of the loopback address for an engine."""

from __future__ import annotations

import contextlib
import socket
import sys
from typing import TYPE_CHECKING

from kxmodel.engines.launch import HOST
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def reserved(port: int) -> Iterator[int]:
    """A port that nobody listens on: `port`, or with 0 any free one. Raises EngineError KX503.

    On Linux the port stays bound, without listening, during the block: the system gives it to
    nobody else, and still lets the engine, which sets SO_REUSEADDR as servers do, listen on it
    (socket(7)). Elsewhere that is not allowed; the port is only looked up.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as held:
        if sys.platform != "win32":  # there the option would let two servers share one port
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise EngineError(
                f"port {port} of {HOST} cannot be used: {error}", code="KX503"
            ) from None
        number: int = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()
        yield number
