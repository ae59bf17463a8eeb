"""The order of migrations: which follows which, where branches end, what the tables are after each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import GraphError, KxError
from kxmodel.migrate.state import State, state_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kxmodel.migrate.migration import Migration


@dataclass(frozen=True)
class Graph:
    """Migrations by revision. Raises GraphError KX607 where they form no history."""

    migrations: Mapping[str, Migration]

    def __post_init__(self) -> None:
        for migration in self.migrations.values():
            for parent in migration.parents:
                if parent not in self.migrations:
                    raise GraphError(
                        f"{migration.revision} follows {parent}, which is not there",
                        where=migration.revision,
                    )
        if len(self.order) < len(self.migrations):
            circle = ", ".join(sorted(set(self.migrations) - set(self.order)))
            raise GraphError(f"these migrations follow each other in a circle: {circle}")
        roots = [name for name in self.order if not self.migrations[name].parents]
        if len(roots) > 1:
            raise GraphError(
                f"several migrations follow none: {', '.join(roots)}",
                fix="Give all but the first the revision that it follows.",
            )

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All revisions, each after those that it follows; branches in the order of their names."""
        return self._sorted(self.migrations, last_first=False)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The revisions that no other follows."""
        followed = {parent for each in self.migrations.values() for parent in each.parents}
        return tuple(name for name in self.order if name not in followed)

    @property
    def head(self) -> str | None:
        """The last revision; None of no migrations. Raises GraphError KX608 where there are several."""
        if len(self.heads) > 1:
            raise GraphError(
                f"{' and '.join(self.heads)} are both the last migration: two branches were joined",
                code="KX608",
            )
        return self.heads[0] if self.heads else None

    def ancestors(self, revision: str) -> frozenset[str]:
        """The revision, and all that it builds on."""
        found: set[str] = set()
        pending = [revision]
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(self.migrations[name].parents)
        return frozenset(found)

    def path(self, revision: str | None) -> tuple[str, ...]:
        """What has to be applied to be at `revision`, in order; nothing for None."""
        wanted = self.ancestors(revision) if revision else frozenset()
        return tuple(name for name in self.order if name in wanted)

    def state_after(self, revision: str | None) -> State:
        """The state that a revision and all that it builds on add up to; empty for None.

        Raises OperationError KX605 where an operation does not fit the state before it.
        """
        return self.replay(self.path(revision))

    def replay(self, revisions: Sequence[str]) -> State:
        """The state after these migrations, in this order. Raises OperationError KX605."""
        state = State()
        for name in revisions:
            state = self.migrations[name].apply(state)
        return state

    def merged(self, heads: Sequence[str]) -> State:
        """The state after several branches.

        Raises GraphError KX609 where it depends on which of them runs first, schemas apart: what
        those say is settled by the migration that joins the branches.
        """
        wanted = frozenset[str]().union(*(self.ancestors(head) for head in heads))
        try:
            one, other = (
                self.replay(self._sorted(wanted, last_first=last_first))
                for last_first in (False, True)
            )
        except KxError as error:
            raise GraphError(
                f"{' and '.join(heads)} cannot both be applied: {error.message}",
                code="KX609",
                where=str(error.where or "") or None,
            ) from error
        if state_digest(_without_schemas(one)) != state_digest(_without_schemas(other)):
            raise GraphError(
                f"what {' and '.join(heads)} lead to depends on which is applied first",
                code="KX609",
            )
        return one

    def _sorted(self, names: Collection[str], *, last_first: bool) -> tuple[str, ...]:
        left = {
            name: {parent for parent in self.migrations[name].parents if parent in names}
            for name in names
        }
        found: list[str] = []
        while ready := sorted(name for name, parents in left.items() if not parents):
            chosen = ready[-1 if last_first else 0]
            found.append(chosen)
            del left[chosen]
            for parents in left.values():
                parents.discard(chosen)
        return tuple(found)


def _without_schemas(state: State) -> State:
    from dataclasses import replace

    return State(
        {
            name: replace(
                table,
                entities={
                    entity: replace(each, schema_digest="")
                    for entity, each in table.entities.items()
                },
            )
            for name, table in state.tables.items()
        }
    )
