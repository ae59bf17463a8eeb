"""Which migrations lie between what was applied and what is wanted, in which order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.errors import MigrationError
from kxmodel.migrate.files import wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.history import Record
    from kxmodel.migrate.migration import Migration
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.events import Direction
    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class Step:
    """One migration to go through.

    done: how many of its operations are in effect when it begins. states: the state before each of
    its operations, and at last the one after it. beside: the revisions in effect that it does not
    build on, of a branch that was joined: their keys follow what it changes.
    """

    migration: Migration
    direction: Direction
    done: int
    states: tuple[State, ...]
    beside: tuple[str, ...] = ()

    @property
    def revision(self) -> str:
        """The migration's revision."""
        return self.migration.revision

    @property
    def todo(self) -> tuple[Operation, ...]:
        """The operations that are to be done, in order: on the way down the inverses, where there are
        any."""
        operations = self.migration.operations
        if self.direction == "up":
            return tuple(operations[self.done :])
        numbers = range(self.done - 1, -1, -1)
        inverses = (operations[number].inverse(self.states[number]) for number in numbers)
        return tuple(each for each in inverses if each is not None)


def find_path(
    folder: Folder, records: Mapping[str, Record], target: str | None
) -> tuple[Step, ...]:
    """The steps from what the history says to the target; none where it is reached.

    target: as `kxmodel.migrate.files.wanted` takes it. What is neither in effect nor absent is gone
    on with on the way up, and undone on the way down.
    Raises MigrationError KX652 where the history and the files disagree, KX646 where an applied
    revision's file is another than the one that was applied, TargetError KX611.
    """
    check_history(folder, records)
    applied = {name for name, record in records.items() if record.applied}
    there = in_effect(records)
    up_only = target is not None and target.startswith("+")
    goal = set(wanted(folder.graph, target, applied if up_only else there))
    goal |= (there - applied) if up_only else set()
    order = folder.graph.order
    down = [name for name in reversed(order) if name in there - goal]
    up = [name for name in order if name in goal - applied]
    steps: list[Step] = []
    for names, way in _ways(down, up):
        for name in names:
            steps.append(step_of(folder, records, name, way, there))
            there = there - {name} if way == "down" else there | {name}
    return tuple(steps)


def in_effect(records: Mapping[str, Record]) -> set[str]:
    """The revisions that are applied, or in part."""
    return {name for name, record in records.items() if record.applied or record.begun}


def step_of(
    folder: Folder,
    records: Mapping[str, Record],
    name: str,
    way: Direction,
    there: Collection[str],
) -> Step:
    """The step through one migration. there: the revisions in effect, with or without it."""
    others = set(there) - folder.graph.ancestors(name)
    beside = tuple(each for each in folder.graph.order if each in others)
    states = tuple(folder.states(name, beside))
    return Step(folder.migrations[name], way, _done(records, name), states, beside)


def check_history(folder: Folder, records: Mapping[str, Record]) -> None:
    """Raise MigrationError KX652 or KX646 where the history is not one of these files."""
    for name, record in records.items():
        if not (record.applied or record.begun):
            continue
        migration = folder.migrations.get(name)
        if migration is None:
            raise MigrationError(f"the history holds {name}, and no file does", code="KX652")
        if record.checksum != migration.checksum:
            verb = "was applied" if record.applied else "was begun"
            raise MigrationError(
                f"{name} {verb} as {record.checksum}, and its file is {migration.checksum}",
                code="KX646",
            )
        for parent in migration.parents:
            before = records.get(parent)
            if before is None or not before.applied:
                raise MigrationError(
                    f"{name} is in effect, and {parent}, which it follows, is not", code="KX652"
                )


def _done(records: Mapping[str, Record], name: str) -> int:
    record = records.get(name)
    return 0 if record is None or record.state == "rolled_back" else record.done


def _ways(down: list[str], up: list[str]) -> tuple[tuple[list[str], Direction], ...]:
    return (down, "down"), (up, "up")
