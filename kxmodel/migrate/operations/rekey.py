"""Moving items to another primary key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.arguments import templates
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.functions import canonical_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.operations.transform import Function
    from kxmodel.migrate.state import State


@dataclass(frozen=True)
class Rekey(Operation):
    """Move every item whose primary key is not the one that its attributes give.

    keys: the table's key attributes -> templates. source: attribute -> the template that gives its new
    value first, e.g. ``{"email_lc": "${email_lc|lower}"}``; function: the same by a function of the
    whole item. One transaction an item: put if absent, delete guarded by every attribute copied. A
    collision is reported, never merged.
    """

    kind: ClassVar[Kind] = "data"

    table: str
    entity: str
    keys: Mapping[str, str]
    source: Mapping[str, str] = field(default_factory=dict)
    function: Function | None = None

    def __post_init__(self) -> None:
        self._check_name("table", "entity")
        self._set("keys", templates(self.keys))
        self._set("source", templates(self.source) if self.source else {})
        if self.source and self.function is not None:
            raise self._refuse("source and function both say what changes; give one of them")
        if self.function is not None:
            canonical_source(self.function)

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if set(self.keys) != {key.name for key in table.keys}:
            raise self._refuse(f"keys are not those of {self.table}")
        entity = replace(table.entity(self.entity), keys=self.keys)
        return state.with_table(table.with_entity(entity))

    def describe(self) -> str:
        pairs = ", ".join(f"{name} = {template}" for name, template in self.keys.items())
        return f"Move every {self.entity} of {self.table} to its primary key {pairs}."

    @property
    def reversible(self) -> bool:
        return not self.source and self.function is None

    def inverse(self, before: State) -> Operation | None:
        if not self.reversible:
            return None
        return Rekey(self.table, self.entity, before.table(self.table).entity(self.entity).keys)
