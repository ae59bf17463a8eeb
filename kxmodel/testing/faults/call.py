"""One request on its way to DynamoDB, and what a fault is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import random

    from kxmodel.testing.faults.errors import Errors

#: What a request says, and what comes back, as botocore has them.
Parameters: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """A request that a fault has in its hands.

    operation: the client's method, e.g. ``put_item``. send: sends a request of this operation, the
    given parameters or others, and may be called any number of times. errors: makes the errors of this
    client. chance: of this one request alone, the same for the same seed. untold: while it is held, nobody
    is being told of another request, so that no line of a log is half written.
    """

    operation: str
    parameters: Parameters
    send: Callable[[Parameters], Answer]
    errors: Errors
    chance: random.Random
    untold: AbstractContextManager[object] = field(default_factory=nullcontext)

    def go(self) -> Answer:
        """Send it as it is."""
        return self.send(self.parameters)


#: Answers a request, by sending it or not; or raises.
Fault: TypeAlias = Callable[[Call], Answer]
