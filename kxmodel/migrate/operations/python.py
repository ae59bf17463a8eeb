"""What no other operation can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.functions import canonical_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class RunPython(Operation):
    """Call a function of the migration's author.

    forward, backward: functions at the top level of the migration's file, called with the run's
    context. They may be called again after a crash, so they must be idempotent.
    """

    kind: ClassVar[Kind] = "python"

    forward: Callable[..., object]
    backward: Callable[..., object] | None = None

    def __post_init__(self) -> None:
        for function in (self.forward, self.backward):
            if function is not None:
                canonical_source(function)

    def apply(self, state: State) -> State:
        return state

    def describe(self) -> str:
        return f"Run {getattr(self.forward, '__name__', 'a function')}()."

    @property
    def reversible(self) -> bool:
        return self.backward is not None

    def inverse(self, before: State) -> Operation | None:
        del before
        return RunPython(self.backward, self.forward) if self.backward is not None else None
