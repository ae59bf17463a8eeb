"""Adding, renaming and removing one top-level attribute of an entity's items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.renaming import renamed
from kxmodel.migrate.state import State, dump
from kxmodel.values import typed_from_json

if TYPE_CHECKING:
    from kxmodel.migrate.state import EntityState
    from kxmodel.migrate.tasks import Task
    from kxmodel.values import UnjsonType


@dataclass(frozen=True)
class _OfAttribute(Operation):
    kind: ClassVar[Kind] = "data"

    table: str
    entity: str

    def __post_init__(self) -> None:
        self._check_name("table", "entity")

    def _of(self, state: State) -> EntityState:
        return state.table(self.table).entity(self.entity)

    def _check_no_key(self, state: State, attribute: str) -> None:
        table = state.table(self.table)
        for key in table.keys:
            if key.name == attribute:
                raise self._refuse(f"{attribute} is part of the primary key of {self.table}")
        for index in table.indexes.values():
            if attribute in {key.name for key in index.attributes}:
                raise self._refuse(
                    f"{attribute} is a key attribute of {index.name}",
                    fix="Declare a new attribute and a new index, and drop the old ones.",
                )


@dataclass(frozen=True)
class AddAttribute(_OfAttribute):
    """Give an attribute a value on every item that has none.

    value: plain JSON. type: what it is stored as where JSON has no such type: ``SS``, ``NS`` or ``BS``
    of an array, ``B`` or an element of ``BS`` of base64 text.
    """

    attribute: str
    value: Any
    type: UnjsonType | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_name("attribute")
        if self.type not in (None, "SS", "NS", "BS", "B"):
            raise self._refuse(f"type is {shorten(self.type)}; it is SS, NS, BS, B, or not given")
        try:
            typed_from_json(self.value, self.type)
        except ValueRefused as error:
            raise self._refuse(f"value cannot be stored: {error.message}") from error

    def apply(self, state: State) -> State:
        self._check_no_key(state, self.attribute)
        self._of(state)
        return state

    def describe(self) -> str:
        kind = f" as {self.type}" if self.type else ""
        return (
            f"Set {self.attribute} to {dump(self.value)}{kind} on every {self.entity} of {self.table} "
            "that has none."
        )

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import following, recognise_of

        entity = self._of(state)
        rule = recognise_of(entity.recognise)
        inner = tasks.AddAttribute(self.table, self.attribute, self.value, rule, self.type)
        return following(after or state, self.table, entity, inner, (self.attribute,))


@dataclass(frozen=True)
class RenameAttribute(_OfAttribute):
    """Move each value from one attribute to another; templates follow, so that no key changes."""

    old: str
    new: str

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_name("old", "new")

    def apply(self, state: State) -> State:
        self._check_no_key(state, self.old)
        self._check_no_key(state, self.new)
        table = state.table(self.table)
        changed = table.with_entity(renamed(self._of(state), self.old, self.new))
        if changed.settings.ttl == self.old:
            raise self._refuse(
                f"{self.old} holds the time to live of {self.table}",
                fix="Switch the time to live off first, and on again with the new attribute.",
            )
        return state.with_table(changed)

    def describe(self) -> str:
        return f"Rename {self.old} to {self.new} on every {self.entity} of {self.table}."

    def inverse(self, before: State) -> Operation:
        del before
        return RenameAttribute(self.table, self.entity, self.new, self.old)

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        del after  # the templates follow the name: no key changes
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import recognise_of

        rule = recognise_of(self._of(state).recognise)
        return tasks.RenameAttribute(self.table, self.old, self.new, rule)


@dataclass(frozen=True)
class RemoveAttribute(_OfAttribute):
    """Remove an attribute, and what it holds, from every item."""

    attribute: str

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_name("attribute")

    def apply(self, state: State) -> State:
        self._check_no_key(state, self.attribute)
        self._of(state)
        return state

    def describe(self) -> str:
        return f"Remove {self.attribute} from every {self.entity} of {self.table}."

    @property
    def destroys(self) -> str:
        return f"what {self.attribute} holds on every {self.entity} of {self.table}"

    @property
    def reversible(self) -> bool:
        return False

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import following, recognise_of

        entity = self._of(state)
        inner = tasks.RemoveAttribute(self.table, self.attribute, recognise_of(entity.recognise))
        return following(after or state, self.table, entity, inner, (self.attribute,))
