"""What DynamoDB allows: "Quotas in Amazon DynamoDB".

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.lint.place import of_table
from kxmodel.lint.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Table

MAX_LOCAL_INDEXES: Final = 5
#: Of the default quota, which can be raised.
MAX_GLOBAL_INDEXES: Final = 20
#: Over all indexes of a table, each attribute counted once for every index that names it.
MAX_PROJECTED: Final = 100


@rule("KX260", "error")
def over_a_limit(table: Table) -> Iterator[Fault]:
    """The table cannot be created: it is over a limit that AWS does not raise."""
    local = [index for index in table.indexes if index.local]
    if len(local) > MAX_LOCAL_INDEXES:
        yield Fault(
            of_table("indexes", local[MAX_LOCAL_INDEXES].name),
            f"{len(local)} local indexes; a table has at most {MAX_LOCAL_INDEXES}",
        )
    projected = 0
    for index in table.indexes:
        projected += len(index.include)
        if projected > MAX_PROJECTED:
            total = sum(len(every.include) for every in table.indexes)
            yield Fault(
                of_table("indexes", index.name, "projection"),
                f"the indexes of the table name {total} projected attributes; together they may name "
                f"{MAX_PROJECTED}",
                "Project ALL into one of the indexes, or fewer attributes.",
            )
            return


@rule("KX261", "warning")
def over_default_quota(table: Table) -> Iterator[Fault]:
    """The table cannot be created until AWS raises a quota of the account."""
    everywhere = [index for index in table.indexes if not index.local]
    if len(everywhere) > MAX_GLOBAL_INDEXES:
        yield Fault(
            of_table("indexes", everywhere[MAX_GLOBAL_INDEXES].name),
            f"{len(everywhere)} global indexes; the default quota is {MAX_GLOBAL_INDEXES} a table",
        )
