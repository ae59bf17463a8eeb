"""Creating and dropping global secondary indexes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kxmodel.migrate.names import NAME
from kxmodel.migrate.operations.arguments import (
    Key,
    ProjectionArgument,
    key_argument,
    key_attributes,
    projection,
)
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.state import IndexState, State


@dataclass(frozen=True)
class CreateIndex(Operation):
    """Create a global secondary index and wait until it is ACTIVE itself.

    hash, range: ``"NAME"``, ``("NAME", "N")``, or a list of up to four of these.
    projection: ``"ALL"``, ``"KEYS_ONLY"``, or a list of the attributes to project beside the keys.
    """

    kind: ClassVar[Kind] = "schema"
    positional: ClassVar[int] = 2

    table: str
    index: str
    hash: Key
    range: Key | None = None
    projection: ProjectionArgument = "ALL"

    def __post_init__(self) -> None:
        self._check_name("table", "index")
        self._set("hash", key_argument(key_attributes(self.hash)))
        self._set("range", key_argument(key_attributes(self.range)))
        self._set("projection", projection(self.projection))
        if self.hash is None:
            raise self._refuse(f"{self.index} needs a partition key")
        if not NAME.fullmatch(self.index):  # DynamoDB would refuse it after the backfill
            raise self._refuse(
                f"{self.index} is no name that DynamoDB takes for an index: 3 to 255 of the letters a to z, "
                "A to Z, digits, underscores, dots and hyphens"
            )

    @property
    def definition(self) -> IndexState:
        """The index as it is created."""
        return IndexState(
            self.index,
            key_attributes(self.hash),
            key_attributes(self.range),
            projection(self.projection),
        )

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if self.index in table.indexes:
            raise self._refuse(f"{self.table} has an index {self.index} already")
        types = {key.name: key.type for key in table.keys}
        for other in table.indexes.values():
            types |= {key.name: key.type for key in other.attributes}
        for key in self.definition.attributes:
            if types.get(key.name, key.type) != key.type:
                raise self._refuse(
                    f"{key.name} is of type {types[key.name]} in another key of {self.table}, "
                    f"and of type {key.type} in {self.index}"
                )
        return state.with_table(table.with_index(self.definition))

    def describe(self) -> str:
        names = ", ".join(key.name for key in self.definition.attributes)
        return f"Create the index {self.index} of {self.table} on ({names}) and wait until it is ACTIVE."

    def inverse(self, before: State) -> Operation:
        del before
        return DropIndex(self.table, self.index)


@dataclass(frozen=True)
class DropIndex(Operation):
    """Drop a global secondary index; the items keep their attributes."""

    kind: ClassVar[Kind] = "schema"
    positional: ClassVar[int] = 2

    table: str
    index: str

    def __post_init__(self) -> None:
        self._check_name("table", "index")

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if table.index(self.index).local:
            raise self._refuse(f"{self.index} is a local index, which lives as long as its table")
        kept = {name: index for name, index in table.indexes.items() if name != self.index}
        return state.with_table(replace(table, indexes=kept))

    def describe(self) -> str:
        return f"Drop the index {self.index} of {self.table}; the items keep its attributes."

    @property
    def destroys(self) -> str:
        return (
            f"the index {self.index} of {self.table}: queries on it fail, and building it again "
            "writes every item of it anew"
        )

    def inverse(self, before: State) -> Operation:
        index = before.table(self.table).index(self.index)
        hash_key = key_argument(index.hash)
        assert hash_key is not None
        return CreateIndex(
            self.table, self.index, hash_key, key_argument(index.range), index.projection
        )
