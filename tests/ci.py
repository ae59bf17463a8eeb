"""A skip that is a failure where CI runs: nothing is left out there without a word."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip(reason: str) -> NoReturn:
    """Skip with a reason; under ``CI`` fail with it."""
    if os.environ.get("CI"):
        pytest.fail(f"CI skips nothing: {reason}")
    pytest.skip(reason)
