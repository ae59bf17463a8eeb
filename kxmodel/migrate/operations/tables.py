"""Creating and dropping tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.arguments import (
    Key,
    ProjectionArgument,
    key_argument,
    key_attributes,
    one_key,
    projection,
)
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.state import IndexState, SettingsState, State, TableState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import KeyAttribute


@dataclass(frozen=True)
class LocalIndex:
    """A local secondary index, which only the creation of its table can make."""

    name: str
    range: Key
    projection: ProjectionArgument = "ALL"

    def __post_init__(self) -> None:
        object.__setattr__(self, "range", key_argument(key_attributes(self.range)))
        object.__setattr__(self, "projection", projection(self.projection))


@dataclass(frozen=True)
class CreateTable(Operation):
    """Create an empty table with its primary key.

    hash, range: the key attributes: ``"NAME"`` or ``("NAME", "N")``.
    read_capacity, write_capacity: provisioned units; without them the table is billed on demand.
    """

    kind: ClassVar[Kind] = "schema"

    table: str
    hash: Key
    range: Key | None = None
    read_capacity: int | None = None
    write_capacity: int | None = None
    local_indexes: Sequence[LocalIndex] = ()

    def __post_init__(self) -> None:
        self._check_name("table")
        for role in ("hash", "range"):
            one = one_key(getattr(self, role))
            self._set(role, key_argument([one] if one else []))
        if one_key(self.hash) is None:
            raise self._refuse(f"{self.table} needs a partition key")
        if (self.read_capacity is None) is not (self.write_capacity is None):
            raise self._refuse("read_capacity and write_capacity are given together or not at all")
        self._set("local_indexes", tuple(self.local_indexes))

    @property
    def definition(self) -> TableState:
        """The table as it is created."""
        hash_key = one_key(self.hash)
        assert hash_key is not None
        indexes = [_local(hash_key, index) for index in self.local_indexes]
        return TableState(
            name=self.table,
            hash=hash_key,
            range=one_key(self.range),
            indexes={index.name: index for index in indexes},
            settings=SettingsState(
                read_capacity=self.read_capacity, write_capacity=self.write_capacity
            ),
        )

    def apply(self, state: State) -> State:
        if self.table in state.tables:
            raise self._refuse(f"there is a table {self.table} already")
        return state.with_table(self.definition)

    def describe(self) -> str:
        key = ", ".join(each.name for each in self.definition.keys)
        return f"Create the table {self.table} with the primary key ({key})."

    def inverse(self, before: State) -> Operation:
        del before
        return DropTable(self.table)


@dataclass(frozen=True)
class DropTable(Operation):
    """Drop a table with everything in it."""

    kind: ClassVar[Kind] = "schema"

    table: str

    def __post_init__(self) -> None:
        self._check_name("table")

    def apply(self, state: State) -> State:
        state.table(self.table)
        return state.without_table(self.table)

    def describe(self) -> str:
        return f"Drop the table {self.table} and every item in it."

    @property
    def destroys(self) -> str:
        return f"every item of the table {self.table}"

    @property
    def reversible(self) -> bool:
        return False


def _local(hash_key: KeyAttribute, index: LocalIndex) -> IndexState:
    return IndexState(
        index.name, (hash_key,), key_attributes(index.range), projection(index.projection), True
    )
