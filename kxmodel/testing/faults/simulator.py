"""Counts the requests, lets the rules at them, and keeps the log."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from kxmodel.testing.faults.call import Answer, Call, Parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from kxmodel.testing.faults.errors import Errors
    from kxmodel.testing.faults.rule import Rule

_Sends: TypeAlias = "Callable[[Parameters], Answer]"


class Killed(BaseException):
    """The process is dead as far as DynamoDB can tell. No ``except Exception`` catches it."""


@dataclass(frozen=True)
class Entry:
    """What became of one request.

    number: from 1, in the order in which they were asked. sent: what went to the client for it: nothing,
    the parameters, or others that a fault put in their place. answer: what the caller got; None where
    `error` was raised. began, ended: seconds of `time.monotonic`.
    """

    number: int
    operation: str
    parameters: Parameters
    sent: tuple[Parameters, ...] = ()
    answers: tuple[Answer, ...] = ()
    answer: Answer | None = None
    error: BaseException | None = None
    faults: int = 0
    began: float = 0.0
    ended: float = 0.0

    @property
    def done(self) -> bool:
        """Whether anything of it was sent and not refused, whatever the caller was told."""
        return bool(self.answers)


@dataclass
class Simulator:
    """Rules and a seed. Safe for threads.

    The first rule is the outermost: it sees the request first and the answer last. told: is given
    every entry when its request has ended, one at a time. log: all of them, in that order.
    """

    rules: Sequence[Rule] = ()
    seed: int = 0
    told: Callable[[Entry], None] | None = None
    log: list[Entry] = field(default_factory=list)
    dead: bool = field(default=False, init=False)
    _number: int = field(default=0, init=False)
    _seen: list[int] = field(default_factory=list, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def __post_init__(self) -> None:
        self._seen = [0] * len(self.rules)

    def handle(
        self, operation: str, parameters: Parameters, send: _Sends, errors: Errors
    ) -> Answer:
        """Let a request pass the rules. send: sends it for good. Raises `Killed` after a death."""
        with self._lock:
            self._number += 1
            number = self._number
        passing = _Passing(self, operation, send, errors)
        began, answer, failure = time.monotonic(), None, None
        try:
            answer = passing.through(0, parameters)
        except BaseException as error:
            failure = error
            self.dead = self.dead or isinstance(error, Killed)
            raise
        else:
            return answer
        finally:
            entry = Entry(
                number,
                operation,
                parameters,
                tuple(passing.sent),
                tuple(passing.answers),
                answer,
                failure,
                passing.faults,
                began,
                time.monotonic(),
            )
            with self._lock:
                self.log.append(entry)
                if self.told is not None:
                    self.told(entry)

    @property
    def untold(self) -> AbstractContextManager[object]:
        """See `Call`."""
        return self._lock

    def happens(self, index: int, operation: str, parameters: Parameters) -> random.Random | None:
        """Count a request for the rule of this index; the chance of its fault, or None for no fault."""
        rule = self.rules[index]
        if not rule.concerns(operation, parameters):
            return None
        with self._lock:
            self._seen[index] += 1
            number = self._seen[index]
        chance = random.Random(f"{self.seed}/{index}/{number}")  # noqa: S311  a fault is no secret
        return chance if rule.when(number, chance) else None


class _Passing:
    """One request on its way through the rules."""

    def __init__(self, simulator: Simulator, operation: str, send: _Sends, errors: Errors) -> None:
        self._simulator = simulator
        self._operation = operation
        self._send = send
        self._errors = errors
        self.sent: list[Parameters] = []
        self.answers: list[Answer] = []
        self.faults = 0

    def through(self, index: int, parameters: Parameters) -> Answer:
        """Pass the rules from `index` on."""
        rules = self._simulator.rules
        while index < len(rules):
            chance = self._simulator.happens(index, self._operation, parameters)
            index += 1
            if chance is not None:
                self.faults += 1
                inner = partial(self.through, index)
                call = Call(
                    self._operation,
                    parameters,
                    inner,
                    self._errors,
                    chance,
                    self._simulator.untold,
                )
                return rules[index - 1].fault(call)
        if self._simulator.dead:
            raise Killed(f"dead before {self._operation}")
        self.sent.append(parameters)
        answer = self._send(parameters)
        self.answers.append(answer)
        return answer
