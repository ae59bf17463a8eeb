"""A lock between processes, held on a file; the system drops it when its holder dies."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from kxmodel.engines.supervise import try_lock
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def file_lock(path: Path, *, timeout: float, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock on `path` (made if absent) for the block.

    waiting: called once when another process holds it. timeout: seconds; then EngineError KX507.
    """
    deadline = time.monotonic() + timeout
    told = False
    with path.open("ab") as handle:
        while not try_lock(handle):
            if not told:
                told = True
                waiting()
            if time.monotonic() > deadline:
                raise EngineError(
                    f"another installation holds {path} for more than {timeout:.0f} s",
                    code="KX507",
                    fix="Wait for it or end it, then try again.",
                )
            time.sleep(0.05)
        yield
