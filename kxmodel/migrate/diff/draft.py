"""What a comparison of states is asked, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from kxmodel.migrate.operations import BackfillKeys, Operation, WaitForWriters


@dataclass(frozen=True)
class Rename:
    """An attribute that may have got another name: one is gone, one is new, their schemas are equal."""

    table: str
    entity: str
    old: str
    new: str


#: Asked of a person: True where it was renamed.
Ask: TypeAlias = Callable[[Rename], bool]


@dataclass(frozen=True)
class Options:
    """How to plan.

    allow_outage: change keys and indexes in place, while readers see a mixture or no index.
    writers_ready: the deployed writers do already what the schemas say, so that nothing has to wait.
    ask: None: nobody can be asked, and what may be a rename is only noted.
    """

    allow_outage: bool = False
    writers_ready: bool = False
    ask: Ask | None = None


@dataclass(frozen=True)
class Draft:
    """Operations that turn one state into another, and what a person has to know about them."""

    operations: tuple[Operation, ...]
    notes: tuple[str, ...]


@dataclass
class Steps:
    """The operations of one table by the phase in which they run.

    writers, readers: what has to be deployed before the data is changed, and before indexes go.
    """

    options: Options
    writers: list[str] = field(default_factory=list)
    renames: list[Operation] = field(default_factory=list)
    attributes: list[Operation] = field(default_factory=list)
    facts: list[Operation] = field(default_factory=list)
    derived: list[Operation] = field(default_factory=list)
    validations: list[Operation] = field(default_factory=list)
    entities: list[Operation] = field(default_factory=list)
    outage: list[Operation] = field(default_factory=list)
    keys: list[Operation] = field(default_factory=list)
    verify: list[Operation] = field(default_factory=list)
    create: list[Operation] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    drop: list[Operation] = field(default_factory=list)
    last: list[Operation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def operations(self, table: str) -> list[Operation]:
        """All in their order, waits included."""
        return [
            *self._wait(f"Deploy writers of {table} that ", self.writers),
            *self.renames,
            *self.attributes,
            *self.facts,
            *self.derived,
            *self.validations,
            *self.entities,
            *self.outage,
            # Backfills side by side are one pass over the items.
            *sorted(self.keys, key=lambda each: not isinstance(each, BackfillKeys)),
            *self.verify,
            *self.create,
            *self._wait(f"Deploy readers of {table} that ", self.readers),
            *self.drop,
            *self.last,
        ]

    def _wait(self, before: str, parts: list[str]) -> list[Operation]:
        if not parts or self.options.writers_ready:
            return []
        return [WaitForWriters(f"{before}{', and '.join(dict.fromkeys(parts))}.")]
