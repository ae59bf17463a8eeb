"""A step as moves, each recorded when it is made, and what judges the items in one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from kxmodel.migrate.operations import BackfillKeys, DeriveAttributes, VerifyKeys
from kxmodel.migrate.operations.judging import keys_task
from kxmodel.migrate.state import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.events import Direction
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.state import EntityState, State
    from kxmodel.migrate.tasks import Task


class OverItems(Protocol):
    """An operation that judges each item of a table."""

    def task(self, state: State, after: State | None = None) -> Task: ...


@dataclass(frozen=True)
class Move:
    """What is done in one go: nothing, one operation, or several key backfills or proofs of one table.

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
        if len(self.operations) > 1 and isinstance(self.operations[0], VerifyKeys):
            first, *others = cast("tuple[VerifyKeys, ...]", self.operations)
            return first.describe_with(others)
        return " ".join(each.describe() for each in self.operations)


def moves(step: Step, *, remove_values: bool = False) -> Iterator[Move]:
    """The moves of a step, from where it is.

    Up, adjacent key backfills of one table are one move, and so are adjacent proofs. Down, each operation is undone by itself, in
    reverse order. remove_values: undoing a key backfill also removes what it wrote.
    """
    operations = step.migration.operations
    ends: Iterator[tuple[int, int]]
    if step.direction == "up":
        ends = _up(operations, step.done)
    else:
        ends = _down(operations, step.done, remove_values)
    for number, done in ends:
        yield move_of(operations, step.states, step.direction, number, done)


def move_of(
    operations: Sequence[Operation],
    states: Sequence[State],
    direction: Direction,
    number: int,
    done: int,
) -> Move:
    """The move that begins with operation `number` and after which `done` are in effect.

    states: before each operation, and at last after all.
    """
    if direction == "up":
        chosen = slice(number - 1, done)
        return Move(number, done, tuple(operations[chosen]), tuple(states[chosen]), states[-1])
    operation, before, now = operations[number - 1], states[number - 1], states[number]
    if done == number:
        # The index that it was for is known at the migration's end alone.
        removal = cast("BackfillKeys | DeriveAttributes", operation).removal()
        return Move(number, done, (removal,), (now,), states[-1])
    inverse = operation.inverse(before)
    undoing = () if inverse is None else (inverse,)
    return Move(number, done, undoing, (now,) * len(undoing), before)


def _up(operations: Sequence[Operation], done: int) -> Iterator[tuple[int, int]]:
    at = done
    while at < len(operations):
        end = at + 1
        while end < len(operations) and _joins(operations[at:end], operations[end]):
            end += 1
        yield at + 1, end
        at = end


def _down(
    operations: Sequence[Operation], done: int, remove_values: bool
) -> Iterator[tuple[int, int]]:
    for number in range(done, 0, -1):
        if remove_values and isinstance(operations[number - 1], BackfillKeys | DeriveAttributes):
            yield number, number
        yield number, number - 1


def _joins(begun: Sequence[Operation], other: Operation) -> bool:
    """Whether an operation can be done in one pass with these, which are done in one."""
    if isinstance(other, VerifyKeys):
        return all(isinstance(each, VerifyKeys) and each.table == other.table for each in begun)
    return isinstance(other, BackfillKeys) and all(
        isinstance(each, BackfillKeys)
        and each.table == other.table
        # One pass knows an entity's items in one way.
        and (each.entity != other.entity or each.recognise == other.recognise)
        for each in begun
    )


def pass_name(step: Step, run: str, move: Move) -> str:
    """What the ledger calls a pass; undoing a backfill and removing its values are two.

    run: as in the history's record. Where the revisions beside it become others, it begins anew: it has
    other keys to carry along.
    """
    beside = f"/{digest(list(step.beside))[-12:]}" if step.beside else ""
    return f"{step.revision}/{run}/{move.number}-{move.done}{beside}"


def task_of(move: Move) -> Task:
    """What judges the items in a move whose operations are of kind ``data`` or ``verify``."""
    if len(move.operations) == 1:
        return cast("OverItems", move.operations[0]).task(move.befores[0], move.after)
    if isinstance(move.operations[0], VerifyKeys):
        first, *others = cast("tuple[VerifyKeys, ...]", move.operations)
        return first.task_with(others, move.befores[0], move.after)
    filled: dict[str, tuple[EntityState, tuple[str, ...]]] = {}
    backfills = [cast("BackfillKeys", each) for each in move.operations]
    for backfill, state in zip(backfills, move.befores, strict=True):
        entity = backfill.filled(state)
        _, indexes = filled.get(backfill.entity, (None, ()))
        filled[backfill.entity] = entity, tuple(dict.fromkeys((*indexes, backfill.index)))
    return keys_task(move.after, backfills[0].table, filled)
