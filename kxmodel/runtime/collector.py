"""Python's garbage collector, paused."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_paused() -> Iterator[None]:
    """No automatic collection while much is made that stays: a third of a client's time goes there.

    botocore parses documents of some 100,000 objects for a client, and every generation of them is
    looked through in vain. What the user has switched off stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
