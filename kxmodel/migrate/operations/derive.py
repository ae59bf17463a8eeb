"""The attributes of stored items that templates give, apart from keys: filling them in, taking them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.arguments import templates
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.entities import SetEntity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.migrate.state import EntityState, State
    from kxmodel.migrate.tasks import Task


@dataclass(frozen=True)
class _Derived(Operation):
    """Some attributes of one entity. derive: attribute -> template."""

    kind: ClassVar[Kind] = "data"

    table: str
    entity: str
    derive: Mapping[str, str]

    def __post_init__(self) -> None:
        self._check_name("table", "entity")
        self._set("derive", templates(self.derive))
        if not self.derive:
            raise self._refuse("derive names no attribute")

    def _filled(self, state: State) -> EntityState:
        """The entity with these templates. Raises OperationError KX605."""
        table = state.table(self.table)
        for key in table.keys:
            if key.name in self.derive:
                raise self._refuse(f"{key.name} is part of the primary key of {self.table}")
        entity = table.entity(self.entity)
        return replace(entity, derive={**entity.derive, **self.derive})


@dataclass(frozen=True)
class DeriveAttributes(_Derived):
    """Give stored items the attributes that templates give, and take them where a source is missing.

    replaces: those that writers gave themselves until now; what a template does not give is lost.
    Index keys that are made of such an attribute are written in the same request.
    """

    replaces: Sequence[str] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.replaces, str) or not set(self.replaces) <= set(self.derive):
            raise self._refuse("replaces is a list of attributes that derive names")
        self._set("replaces", tuple(self.replaces))

    def apply(self, state: State) -> State:
        return state.with_table(state.table(self.table).with_entity(self._filled(state)))

    def describe(self) -> str:
        pairs = ", ".join(f"{name} = {template}" for name, template in self.derive.items())
        return f"Give every stored {self.entity} of {self.table} what templates give: {pairs}."

    @property
    def destroys(self) -> str | None:
        if not self.replaces:
            return None
        return (
            f"what {', '.join(self.replaces)} of every {self.entity} of {self.table} holds other than "
            "the template gives"
        )

    @property
    def reversible(self) -> bool:
        return not self.replaces

    def inverse(self, before: State) -> Operation | None:
        if self.replaces:
            return None
        former = before.table(self.table).entity(self.entity)
        if set(self.derive) <= set(former.derive):
            old = {name: former.derive[name] for name in self.derive}
            return DeriveAttributes(self.table, self.entity, old)
        return SetEntity.of(self.table, former)

    def removal(self) -> RemoveDerived:
        """What takes the values back, where going back is to do that as well."""
        return RemoveDerived(self.table, self.entity, self.derive)

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate.operations.judging import deriving

        return deriving(after or state, self.table, self._filled(state), self.derive)


@dataclass(frozen=True)
class RemoveDerived(_Derived):
    """Remove from stored items the attributes that equal what the templates give."""

    def apply(self, state: State) -> State:
        entity = self._filled(state)
        kept = {name: text for name, text in entity.derive.items() if name not in self.derive}
        return state.with_table(state.table(self.table).with_entity(replace(entity, derive=kept)))

    def describe(self) -> str:
        names = ", ".join(self.derive)
        return f"Remove {names} from every stored {self.entity} of {self.table} where it is as derived."

    def inverse(self, before: State) -> Operation:
        del before
        return DeriveAttributes(self.table, self.entity, self.derive)

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate.operations.judging import keys_task
        from kxmodel.migrate.tasks import RemoveKeyValues

        filled = {self.entity: (self._filled(state), tuple(self.derive))}
        return RemoveKeyValues(keys_task(after or state, self.table, filled))
