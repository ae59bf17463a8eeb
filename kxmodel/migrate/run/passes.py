"""A step as moves, each recorded when it is made, and what judges the items in one. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, cast

from kxmodel.migrate.operations import BackfillKeys
from kxmodel.migrate.operations.judging import keys_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.state import EntityState, State
    from kxmodel.migrate.tasks import Task


class OverItems(Protocol):
    """An operation that judges each item of a table."""

    def task(self, state: State, after: State | None = None) -> Task: ...


@dataclass(frozen=True)
class Move:
    """What is done in one go: nothing, one operation, or several key backfills of one table.

    number: of the migration's operation that it begins with, from 1. done: how many of them are in
    effect after it. befores: the state before each operation. after: the one that they lead to.
    """

    number: int
    done: int
    operations: tuple[Operation, ...]
    befores: tuple[State, ...]
    after: State

    @property
    def sentence(self) -> str:
        """What it does, in words."""
        return " ".join(each.describe() for each in self.operations)


def moves(step: Step, *, remove_values: bool = False) -> Iterator[Move]:
    """The moves of a step, from where it is.

    Up, adjacent key backfills of one table are one move. Down, each operation is undone by itself, in
    reverse order. remove_values: undoing a key backfill also removes what it wrote.
    """
    if step.direction == "up":
        yield from _up(step.migration.operations, step.done, step.states)
    else:
        yield from _down(step, remove_values)


def _up(operations: Sequence[Operation], done: int, states: Sequence[State]) -> Iterator[Move]:
    at = done
    while at < len(operations):
        end = at + 1
        while end < len(operations) and _joins(operations[at], operations[end]):
            end += 1
        yield Move(at + 1, end, tuple(operations[at:end]), tuple(states[at:end]), states[-1])
        at = end


def _down(step: Step, remove_values: bool) -> Iterator[Move]:
    for number in range(step.done, 0, -1):
        operation = step.migration.operations[number - 1]
        before, now = step.states[number - 1], step.states[number]
        if remove_values and isinstance(operation, BackfillKeys):
            # The index that it was for is known at the migration's end alone.
            yield Move(number, number, (operation.removal(),), (now,), step.states[-1])
        inverse = operation.inverse(before)
        operations = () if inverse is None else (inverse,)
        yield Move(number, number - 1, operations, (now,) * len(operations), before)


def _joins(head: Operation, other: Operation) -> bool:
    both = isinstance(head, BackfillKeys) and isinstance(other, BackfillKeys)
    return both and cast("BackfillKeys", head).table == cast("BackfillKeys", other).table


def task_of(move: Move) -> Task:
    """What judges the items in a move whose operations are of kind ``data`` or ``verify``."""
    if len(move.operations) == 1:
        return cast("OverItems", move.operations[0]).task(move.befores[0], move.after)
    filled: dict[str, tuple[EntityState, tuple[str, ...]]] = {}
    backfills = [cast("BackfillKeys", each) for each in move.operations]
    for backfill, state in zip(backfills, move.befores, strict=True):
        entity = backfill.filled(state)
        before, indexes = filled.get(backfill.entity, (None, ()))
        if before is not None and backfill.recognise is None:
            # One pass knows an entity's items in one way.
            entity = replace(entity, recognise=before.recognise)
        filled[backfill.entity] = entity, tuple(dict.fromkeys((*indexes, backfill.index)))
    return keys_task(move.after, backfills[0].table, filled)
