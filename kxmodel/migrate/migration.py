"""One migration: a revision, what it follows, and its operations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kxmodel.errors import KxError, OperationError
from kxmodel.errors.base import shorten
from kxmodel.migrate.operations import Operation
from kxmodel.migrate.state import State, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A number, an underscore, and words: also a Python identifier behind a letter, and a file's stem.
REVISION: Final = re.compile(r"(?P<number>\d{4,})_(?P<name>[a-z0-9]+(?:_[a-z0-9]+)*)")


@dataclass(frozen=True)
class Migration:
    """A step of the tables' history.

    revision: the file's stem, e.g. ``0002_messages_by_lead``. follows: the revision before it, several
    where it joins branches, None for the first.
    description: the file's docstring; it is no part of what is compared.
    """

    revision: str
    operations: Sequence[Operation] = ()
    follows: str | Sequence[str] | None = None
    description: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not REVISION.fullmatch(str(self.revision)):
            raise OperationError(
                f"{shorten(self.revision)} is no revision",
                fix="Name it by four digits and words in small letters: 0002_messages_by_lead.",
            )
        for operation in self.operations:
            if not isinstance(operation, Operation):
                raise OperationError(f"{self.revision}: {shorten(operation)} is no operation")
        object.__setattr__(self, "operations", tuple(self.operations))
        if self.follows is not None and not isinstance(self.follows, str):
            parents = tuple(sorted(set(self.follows)))
            object.__setattr__(self, "follows", parents[0] if len(parents) == 1 else parents)

    @property
    def number(self) -> int:
        """The number that the revision begins with."""
        return int(self.revision.partition("_")[0])

    @property
    def parents(self) -> tuple[str, ...]:
        """The revisions that it follows."""
        if isinstance(self.follows, str):
            return (self.follows,)
        return tuple(self.follows or ())

    @cached_property
    def checksum(self) -> str:
        """The digest of what it does: operations and the source of their functions.

        Formatting, comments and docstrings change nothing.
        """
        return digest(
            {
                "revision": self.revision,
                "follows": list(self.parents),
                "operations": [operation.canonical() for operation in self.operations],
            }
        )

    @property
    def reversible(self) -> bool:
        """Whether every operation can be undone."""
        return all(operation.reversible for operation in self.operations)

    def states(self, before: State) -> list[State]:
        """The state before, and after each operation.

        Raises MigrationError, with the migration and the operation's number as the place.
        """
        states = [before]
        for number, operation in enumerate(self.operations, start=1):
            try:
                states.append(operation.apply(states[-1]))
            except KxError as error:
                raise OperationError(
                    error.message,
                    code=error.code,
                    where=f"{self.revision}, operation {number}",
                    fix=error.fix,
                ) from error
        return states

    def apply(self, before: State) -> State:
        """The state after it. Raises as `states`."""
        return self.states(before)[-1]
