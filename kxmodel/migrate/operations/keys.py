"""The index keys of stored items: filling them in, proving them, taking them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.arguments import condition, recognise_argument, templates, where
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.entities import SetEntityKeys
from kxmodel.migrate.state import IndexKeysState, Recognise, State, When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.migrate.state import EntityState
    from kxmodel.migrate.tasks import Task


@dataclass(frozen=True)
class _Keys(Operation):
    """The keys of one entity in one index.

    keys: key attribute -> template. when: the items that are in the index. recognise: how items of
    the entity are known; None: as the state says.
    """

    kind: ClassVar[Kind] = "data"

    table: str
    entity: str
    index: str
    keys: Mapping[str, str]
    when: When | None = None
    recognise: Recognise | None = None

    def __post_init__(self) -> None:
        self._check_name("table", "entity", "index")
        self._set("keys", templates(self.keys))
        self._set("when", condition(self.when))
        if self.recognise is not None:
            self._set("recognise", recognise_argument(self.recognise))

    def filled(self, state: State) -> EntityState:
        """The entity with these keys in this index. Raises OperationError KX605."""
        entity = state.table(self.table).entity(self.entity)
        indexes = {**entity.indexes, self.index: IndexKeysState(self.keys, self.when)}
        known = entity.recognise if self.recognise is None else self.recognise
        return replace(entity, indexes=indexes, recognise=known)


@dataclass(frozen=True)
class BackfillKeys(_Keys):
    """Give every stored item of the entity the key that its attributes give, in all or no attribute.

    Adjacent ones of one table are done in one pass.
    """

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        entity = replace(self.filled(state), recognise=table.entity(self.entity).recognise)
        return state.with_table(table.with_entity(entity))

    def describe(self) -> str:
        pairs = ", ".join(f"{name} = {template}" for name, template in self.keys.items())
        return (
            f"Give every stored {self.entity} of {self.table} its key in {self.index}: "
            f"{pairs}{where(self.when)}."
        )

    def inverse(self, before: State) -> Operation:
        table = before.table(self.table)
        was = table.entity(self.entity).indexes.get(self.index)
        if was is not None and was != IndexKeysState(self.keys, self.when):
            # The index lives on: what is read from it goes by the old templates again.
            return BackfillKeys(
                self.table, self.entity, self.index, was.keys, was.when, self.recognise
            )
        if was is None and self.index in table.indexes:
            # It lives on for other entities: who reads it does not expect this one.
            return self.removal()
        return SetEntityKeys(
            self.table,
            self.entity,
            self.index,
            keys=was.keys if was else None,
            when=was.when if was else None,
        )

    def removal(self) -> RemoveKeys:
        """What takes the values back, where going back is to do that as well."""
        return RemoveKeys(self.table, self.entity, self.index, self.keys, self.when, self.recognise)

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before this operation.

        after: the one after the migration, which has the index that it is going to create.
        """
        from kxmodel.migrate.operations.judging import keys_task

        filled = {self.entity: (self.filled(state), (self.index,))}
        return keys_task(after or state, self.table, filled)


@dataclass(frozen=True)
class RemoveKeys(_Keys):
    """Remove from stored items the key attributes that equal what the templates give."""

    def apply(self, state: State) -> State:
        return SetEntityKeys(self.table, self.entity, self.index).apply(state)

    def describe(self) -> str:
        return f"Remove the key in {self.index} from every stored {self.entity} of {self.table}."

    def inverse(self, before: State) -> Operation:
        del before
        return BackfillKeys(
            self.table, self.entity, self.index, self.keys, self.when, self.recognise
        )

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before this operation.

        after: the one after the migration, which has the index that it is going to create.
        """
        from kxmodel.migrate.operations.judging import keys_task
        from kxmodel.migrate.tasks import RemoveKeyValues

        filled = {self.entity: (self.filled(state), (self.index,))}
        return RemoveKeyValues(keys_task(after or state, self.table, filled))


@dataclass(frozen=True)
class VerifyKeys(Operation):
    """Read every item again and prove that it has the keys its attributes give.

    index: one index; None: all. The items that lack a key are repaired in a bounded number of passes;
    if there are still some then, a writer that stamps no keys is live. Adjacent ones of one table are
    done in one scan.
    """

    kind: ClassVar[Kind] = "verify"

    table: str
    index: str | None = None

    def __post_init__(self) -> None:
        self._check_name("table")

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if self.index is not None and not any(
            self.index in entity.indexes for entity in table.entities.values()
        ):
            raise self._refuse(f"no entity of {self.table} has a key in {self.index}")
        return state

    def describe(self) -> str:
        return self.describe_with(())

    def describe_with(self, others: Sequence[VerifyKeys]) -> str:
        """One sentence for all that one scan proves: this and `others`, of the same table."""
        indexes = [each.index for each in (self, *others)]
        if None in indexes:
            return f"Verify every index key of {self.table} by a second scan."
        named = ", ".join(dict.fromkeys(each for each in indexes if each))
        return f"Verify the keys in {named} of {self.table} by a second scan."

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items: one with its right key is ``already``.

        state, after: as for `BackfillKeys.task`.
        """
        return self.task_with((), state, after)

    def task_with(
        self, others: Sequence[VerifyKeys], state: State, after: State | None = None
    ) -> Task:
        """The judgement by which one scan proves this and `others`, of the same table."""
        from kxmodel.migrate.operations.judging import keys_task

        proved = {each.index for each in (self, *others)}
        wanted = {
            name: (
                entity,
                tuple(each for each in entity.indexes if proved & {None, each}),
            )
            for name, entity in state.table(self.table).entities.items()
        }
        return keys_task(
            after or state, self.table, {n: pair for n, pair in wanted.items() if pair[1]}
        )
