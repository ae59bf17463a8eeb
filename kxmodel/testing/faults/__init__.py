"""A fault simulator: it stands between a program and DynamoDB and lets things go wrong, repeatably.

Wrap a botocore or boto3 client, or anything with its methods, and say what happens when::

    client = FaultyClient(
        boto3.client("dynamodb"),
        [
            Rule(throttled("TableWriteProvisionedThroughputExceeded"), on=WRITES, when=between(1, 20)),
            Rule(lost_reply(), on="transact_write_items", when=every(3)),
            Rule(empty_page(), on="scan", when=chance(0.2)),
            Rule(killed(after=True), when=at(57)),
        ],
        seed=7,
    )

What reaches the client is counted, so that the same seed and the same requests meet the same faults.
``client.simulator.log`` tells each request, what of it was sent, and what came back. `injected` does
the same to a client in place, paginators, resources and PynamoDB models included.

Errors are those that botocore raises itself, of the client's own exception classes, with the members
that AWS documents. A fault of your own is a function from a `Call` to an answer.
"""

from kxmodel.testing.faults.answers import (
    cancelled,
    empty_page,
    repeated_items,
    repeated_page,
    short_page,
    statements_fail,
    unprocessed,
)
from kxmodel.testing.faults.call import Answer, Call, Fault
from kxmodel.testing.faults.client import FaultyClient, injected
from kxmodel.testing.faults.clock import SkewedClock
from kxmodel.testing.faults.errors import Errors
from kxmodel.testing.faults.requests import (
    internal_error,
    killed,
    lost_reply,
    lost_request,
    meanwhile,
    refused,
    slow,
    throttled,
)
from kxmodel.testing.faults.rule import READS, WRITES, Rule, always, at, between, chance, every
from kxmodel.testing.faults.simulator import Entry, Killed, Simulator
from kxmodel.testing.faults.theft import theft

__all__ = [
    "Answer",
    "Call",
    "Entry",
    "Errors",
    "Fault",
    "FaultyClient",
    "Killed",
    "READS",
    "Rule",
    "Simulator",
    "SkewedClock",
    "WRITES",
    "always",
    "at",
    "between",
    "cancelled",
    "chance",
    "empty_page",
    "every",
    "injected",
    "internal_error",
    "killed",
    "lost_reply",
    "lost_request",
    "meanwhile",
    "refused",
    "repeated_items",
    "repeated_page",
    "short_page",
    "slow",
    "statements_fail",
    "theft",
    "throttled",
    "unprocessed",
]
