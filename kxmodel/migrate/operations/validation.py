"""Holding stored items against their schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.state import State, is_digest

if TYPE_CHECKING:
    from kxmodel.migrate.tasks import Task


@dataclass(frozen=True)
class ValidateItems(Operation):
    """Report the stored items that their entity's JSON Schema does not allow; none is changed.

    entity: one; None: all of the table. report_only: go on whatever is found.
    schema: the digest of the schema to hold the items of `entity` against; None: the one that the
    state has here. A migration that tightens a schema names the one that it leads to.
    """

    kind: ClassVar[Kind] = "verify"

    table: str
    entity: str | None = None
    report_only: bool = True
    schema: str | None = None

    def __post_init__(self) -> None:
        self._check_name("table")
        if self.schema is not None and (self.entity is None or not is_digest(self.schema)):
            raise self._refuse("schema is the digest of one entity's schema")

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if self.entity is not None:
            table.entity(self.entity)
        return state

    def describe(self) -> str:
        of = (
            f"every {self.entity} of {self.table}" if self.entity else f"every item of {self.table}"
        )
        end = (
            "and report what it does not allow" if self.report_only else "and stop if it is not so"
        )
        return f"Hold {of} against the schema {end}."

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items.

        state: the one before; after: the migration's end. They hold the schemas themselves.
        Raises OperationError KX612 where neither has the one that is asked for.
        """
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import recognise_of, schema_of

        table = state.table(self.table)
        names = [self.entity] if self.entity else list(table.entities)
        schemas = []
        for name in names:
            entity = table.entity(name)
            digest = self.schema or entity.schema_digest
            holder = entity
            if after is not None and entity.schema_digest != digest:
                holder = after.table(self.table).entity(name)
            schemas.append((recognise_of(entity.recognise), schema_of(holder, digest)))
        return tasks.ValidateItems(self.table, tuple(schemas))
