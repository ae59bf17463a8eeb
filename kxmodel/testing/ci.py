"""What cannot be tested is skipped with a word, and is a failure where CI runs the tests."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def in_ci() -> bool:
    """True when the environment variable CI is set to a true word."""
    return os.environ.get("CI", "").strip().lower() not in ("", "0", "false", "no")


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the running test with `reason`; in CI fail it."""
    __tracebackhide__ = True
    if in_ci():
        pytest.fail(f"CI is set, where a skip is a failure: {reason}", pytrace=False)
    pytest.skip(reason)
