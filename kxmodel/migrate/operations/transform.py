"""Changing attributes by a function that the migration's author writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.functions import canonical_source
from kxmodel.values import JSON

if TYPE_CHECKING:
    from kxmodel.migrate.state import State
    from kxmodel.migrate.tasks import Task

#: Plain JSON of the attributes read -> the attributes to change; None as a value removes one.
Function: TypeAlias = Callable[[dict[str, JSON]], Mapping[str, JSON] | None]


@dataclass(frozen=True)
class TransformAttribute(Operation):
    """Change top-level attributes by a pure, idempotent function of some of them.

    function: gets plain JSON of `reads`, as far as the item has them, and returns the changes.
    writes: the attributes that it may change; default: those that it reads.
    undo: the function that undoes it; it sees all of these, and may change what the other may. Without
    one the migration cannot be undone.

    Index keys that have a changed attribute as a source are written in the same request.
    """

    kind: ClassVar[Kind] = "data"

    table: str
    entity: str
    function: Function
    reads: Sequence[str]
    writes: Sequence[str] = ()
    undo: Function | None = None

    def __post_init__(self) -> None:
        self._check_name("table", "entity")
        if isinstance(self.reads, str) or not self.reads:
            raise self._refuse("reads is a list of attributes")
        self._set("reads", tuple(self.reads))
        self._set("writes", () if tuple(self.writes) == self.reads else tuple(self.writes))
        for function in (self.function, self.undo):
            if function is not None:
                canonical_source(function)

    @property
    def changes(self) -> tuple[str, ...]:
        """The attributes that the function may change."""
        return tuple(self.writes or self.reads)

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        table.entity(self.entity)
        for key in table.keys:
            if key.name in self.changes:
                raise self._refuse(f"{key.name} is part of the primary key", fix="Use Rekey.")
        return state

    def describe(self) -> str:
        name = getattr(self.function, "__name__", "a function")
        return (
            f"Change {', '.join(self.changes)} of every {self.entity} of {self.table} by {name}()."
        )

    @property
    def reversible(self) -> bool:
        return self.undo is not None

    def inverse(self, before: State) -> Operation | None:
        del before
        if self.undo is None:
            return None
        seen = tuple(dict.fromkeys((*self.reads, *self.changes)))
        return TransformAttribute(
            self.table, self.entity, self.undo, seen, self.changes, self.function
        )

    @property
    def destroys(self) -> str | None:
        if self.undo is not None:
            return None
        return f"the old values of {', '.join(self.changes)} on every {self.entity} of {self.table}"

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import following, recognise_of

        entity = state.table(self.table).entity(self.entity)
        inner = tasks.TransformAttribute(
            self.table,
            self.function,
            tuple(self.reads),
            self.changes,
            entity.version,
            recognise_of(entity.recognise),
        )
        return following(after or state, self.table, entity, inner, self.changes)
