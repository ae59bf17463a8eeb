"""Opens the DynamoDB that a test run asks for."""

from __future__ import annotations

from kxmodel.engines import RunningEngine, attach, start
from kxmodel.errors import EngineError
from kxmodel.testing.ci import skip_or_fail


def open_engine(wanted: str) -> RunningEngine:
    """Start the engine `wanted` (a name or ``auto``), or attach to the endpoint if it is a URL.

    An engine that is not on this machine skips the test (in CI: fails it); one that is there and
    does not start raises EngineError.
    """
    if "://" in wanted:
        return attach(wanted)
    try:
        return start(wanted)
    except EngineError as error:
        if error.code != "KX501":
            raise
        skip_or_fail(f"{error.message}. {error.fix}")
