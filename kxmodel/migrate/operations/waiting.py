"""Waiting for what only people can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.base import Kind, Operation

if TYPE_CHECKING:
    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class WaitForWriters(Operation):
    """Stop until somebody confirms what the message says, such as a deployment."""

    kind: ClassVar[Kind] = "wait"

    message: str

    def __post_init__(self) -> None:
        self._check_name("message")

    def apply(self, state: State) -> State:
        return state

    def describe(self) -> str:
        return f"Wait until it is confirmed: {self.message}"
