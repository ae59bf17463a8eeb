"""State before and state after -> the operations that lead from one to the other. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import MigrationError
from kxmodel.migrate.diff.creating import new_table
from kxmodel.migrate.diff.draft import Draft, Options
from kxmodel.migrate.diff.tables import changed_table
from kxmodel.migrate.operations import DropTable

if TYPE_CHECKING:
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.state import State


def detect(before: State, after: State, options: Options | None = None) -> Draft:
    """What turns `before` into `after`.

    before: with the schemas themselves, where constraints are to be compared. after: of schemas.
    Raises ChangeRefused KX613-KX615, each with the way out.
    """
    options = options or Options()
    operations: list[Operation] = []
    notes: list[str] = []
    for name in sorted({*before.tables, *after.tables}):
        if name not in after.tables:
            operations.append(DropTable(name))
            notes.append(
                f"{name} is gone from the schemas: it is dropped with every item in it. If only its "
                "name changed, delete this migration: DynamoDB renames no table, and nothing copies "
                "the items."
            )
            continue
        if name not in before.tables:
            operations += new_table(after.tables[name])
            continue
        steps = changed_table(before.tables[name], after.tables[name], options)
        operations += steps.operations(name)
        notes += steps.notes
    state = before
    for operation in operations:
        state = operation.apply(state)
    if state != after:
        raise MigrationError("a change of the schemas was found that no operation expresses")
    return Draft(tuple(operations), tuple(notes))
