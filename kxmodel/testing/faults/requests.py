"""Faults of a whole request: it is lost, refused, late, or the last of its process."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from kxmodel.testing.faults.simulator import Killed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.testing.faults.call import Answer, Call, Fault

_URL: Final = "https://dynamodb.us-east-1.amazonaws.com/"
_TABLE: Final = "arn:aws:dynamodb:us-east-1:123456789012:table/simulated"


def lost_request() -> Fault:
    """No connection: nothing was sent. Raises botocore's EndpointConnectionError."""

    def fault(call: Call) -> Answer:
        raise EndpointConnectionError(endpoint_url=_URL)

    return fault


def lost_reply() -> Fault:
    """It was carried out, and the answer never came. Raises botocore's ReadTimeoutError.

    What DynamoDB refused is raised as it is: that answer came.
    """

    def fault(call: Call) -> Answer:
        call.go()
        raise ReadTimeoutError(endpoint_url=_URL)

    return fault


def refused(code: str, message: str | None = None, *, status: int | None = None) -> Fault:
    """DynamoDB refuses, and does nothing.

    code: e.g. ``ConditionalCheckFailedException``. message: None: AWS's own. status: of HTTP.
    "Error handling with DynamoDB":
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    """

    def fault(call: Call) -> Answer:
        raise call.errors.make(call.operation, code, message, status=status)

    return fault


def throttled(
    reason: str = "TableWriteProvisionedThroughputExceeded", resource: str = _TABLE
) -> Fault:
    """Too fast. Raises the exception that goes with the reason.

    reason: ``Table`` or ``Index``, ``Read`` or ``Write``, then ``ProvisionedThroughputExceeded``,
    ``AccountLimitExceeded``, ``KeyRangeThroughputExceeded`` or ``MaxOnDemandThroughputExceeded``
    (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html).
    resource: the ARN of the table or index.
    """
    if "ProvisionedThroughput" in reason or "KeyRange" in reason:
        code = "ProvisionedThroughputExceededException"
    elif "AccountLimit" in reason:
        code = "RequestLimitExceeded"
    else:
        code = "ThrottlingException"
    # Of the three exceptions this one alone writes the member with a small letter.
    member = "throttlingReasons" if code == "ThrottlingException" else "ThrottlingReasons"
    rows = [{"reason": reason, "resource": resource}]

    def fault(call: Call) -> Answer:
        raise call.errors.make(call.operation, code, members={member: rows})

    return fault


def internal_error(*, done: bool = False) -> Fault:
    """HTTP 500. done: it was carried out nevertheless, which a client cannot tell."""

    def fault(call: Call) -> Answer:
        if done:
            call.go()
        raise call.errors.make(call.operation, "InternalServerError")

    return fault


def slow(seconds: float, sleep: Callable[[float], None] = time.sleep) -> Fault:
    """The answer takes `seconds` longer. sleep: how they pass; a test's clock has its own."""

    def fault(call: Call) -> Answer:
        sleep(seconds)
        return call.go()

    return fault


def meanwhile(action: Callable[[], object], *, after: bool = False) -> Fault:
    """Somebody else acts just before the request is sent, or after: a writer, a thief of a lease.

    action: has to use a client of its own, since what goes through this one is counted.
    """

    def fault(call: Call) -> Answer:
        if not after:
            action()
        answer = call.go()
        if after:
            action()
        return answer

    return fault


def killed(*, after: bool = False, really: bool = False) -> Fault:
    """The process ends at this request, before it is sent or after.

    By default raises `Killed`, and so does every later request of the simulator: nothing more leaves a
    dead process. really: the process gets SIGKILL, and no code of it runs any more; who is being told of
    another request then is told of it first.
    """

    def fault(call: Call) -> Answer:
        if after:
            with suppress(Exception):  # it dies with a refusal in its hands as well
                call.go()
        if really:
            with call.untold:
                _kill()
        raise Killed(f"killed {'after' if after else 'before'} {call.operation}")

    return fault


def _kill() -> None:
    if sys.platform == "win32":
        os._exit(137)
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()  # the signal may reach another thread first
