"""What a run would do, in words and in numbers. Sends reads of descriptions only, and no write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.migrate import operations as op
from kxmodel.migrate.cost import (
    Cost,
    Rates,
    Size,
    assumptions,
    index_cost,
    move_cost,
    scan_cost,
    write_cost,
)
from kxmodel.migrate.run.passes import moves
from kxmodel.migrate.run.path import find_path
from kxmodel.migrate.run.preflight import losses, tables_written
from kxmodel.migrate.schema import Surroundings, surroundings

if TYPE_CHECKING:
    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Direction
    from kxmodel.migrate.run.passes import Move


@dataclass(frozen=True)
class PlannedMove:
    """One thing that would be done. number: of the operation that it begins with, from 1.

    destroys: what is lost, in words. cost: None where it costs nothing to speak of.
    """

    number: int
    sentence: str
    destroys: str | None = None
    cost: Cost | None = None
    waits: bool = False


@dataclass(frozen=True)
class PlannedStep:
    """One migration that would be gone through. done: how much of it is in effect already."""

    revision: str
    direction: Direction
    done: int
    total: int
    description: str
    reversible: bool
    moves: tuple[PlannedMove, ...]


@dataclass(frozen=True)
class Plan:
    """steps: in the order of their doing. around: the tables whose items change, and what is there.

    refusals: what `migrate` would refuse, each with the flag that accepts it.
    """

    steps: tuple[PlannedStep, ...]
    around: tuple[Surroundings, ...]
    refusals: tuple[str, ...]
    assumptions: tuple[str, ...] = ()

    @property
    def cost(self) -> Cost:
        """All of it together."""
        total = Cost()
        for step in self.steps:
            for move in step.moves:
                total += move.cost or Cost()
        return total


def make_plan(
    folder: Folder,
    database: Database,
    target: str | None = None,
    *,
    rates: Rates | None = None,
    remove_values: bool = False,
) -> Plan:
    """The plan from what the history says to the target.

    Raises as `find_path`, and MigrationError KX651 where a table cannot be described.
    """
    steps = find_path(folder, database.history.read(), target)
    tables = {
        name for step in steps for each in step.todo if (name := getattr(each, "table", None))
    }
    around = {
        name: surroundings(database.control, database.names.table(name), database.cloudwatch)
        for name in sorted(tables)
    }
    planned = tuple(
        PlannedStep(
            step.revision,
            step.direction,
            step.done,
            len(step.migration.operations),
            step.migration.description,
            step.migration.reversible,
            tuple(
                _planned(move, around, rates or Rates())
                for move in moves(step, remove_values=remove_values)
                if move.operations
            ),
        )
        for step in steps
    )
    written = tables_written(steps)
    refusals = [
        f"{revision} destroys {what}: --allow-destructive" for revision, what in losses(steps)
    ]
    for name in written:
        if around[name].consumers:
            refusals.append(f"{around[name].table} has stream readers: --accept-stream-events")
        if around[name].replicas:
            refusals.append(f"{around[name].table} has replicas: --single-writer-region")
    told = assumptions(rates or Rates())
    return Plan(planned, tuple(around.values()), tuple(refusals), told)


def _planned(move: Move, around: dict[str, Surroundings], rates: Rates) -> PlannedMove:
    first = move.operations[0]
    found = around.get(getattr(first, "table", ""))
    size = Size(found.items, found.bytes) if found is not None else Size(0, 0)
    cost: Cost | None = None
    if first.kind == "data":
        # Read once to write, and once more to prove it.
        cost = scan_cost(size, rates, 2)
        written = move_cost if isinstance(first, op.Rekey) else write_cost
        cost += written(size, rates, len(found.indexes) if found is not None else 0)
    elif first.kind == "verify":
        cost = scan_cost(size, rates)
    elif isinstance(first, op.CreateIndex):
        cost = index_cost(size, rates)
    return PlannedMove(
        move.number,
        move.sentence,
        first.destroys,
        cost,
        isinstance(first, op.WaitForWriters),
    )
