"""The tables as far as migrations change them: what each migration turns into the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from kxmodel.errors import OperationError

if TYPE_CHECKING:
    from kxmodel.ir import KeyAttribute

_T = TypeVar("_T")

#: ``ALL``, ``KEYS_ONLY``, or the non-key attributes that are projected beside the keys.
Projection: TypeAlias = Literal["ALL", "KEYS_ONLY"] | tuple[str, ...]
StreamView: TypeAlias = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]
#: A `when` as the dialect writes it: dotted path -> ``{"present": ...}``, ``equals`` or ``in``.
When: TypeAlias = Mapping[str, object]
#: ``{"equals": {attribute: text}, "prefix": {attribute: text}}``; empty: every item.
Recognise: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class IndexState:
    """A secondary index. Hash and range are each up to four attributes (global indexes)."""

    name: str
    hash: tuple[KeyAttribute, ...]
    range: tuple[KeyAttribute, ...] = ()
    projection: Projection = "ALL"
    local: bool = False

    @property
    def attributes(self) -> tuple[KeyAttribute, ...]:
        """All key attributes, hash before range."""
        return self.hash + self.range


@dataclass(frozen=True)
class IndexKeysState:
    """What an entity puts into one index: key attribute -> template, in items where `when` holds."""

    keys: Mapping[str, str]
    when: When | None = None


@dataclass(frozen=True)
class EntityState:
    """A kind of item.

    keys: the table's key attributes -> templates. indexes: by index name. derive: attributes outside
    any key -> templates. version: the attribute that every write counts up.
    schema_digest: of the item's JSON Schema, the only part of the schema that is compared.
    schema: the JSON Schema itself where it is known. defaults: attribute -> the value that a new
    item gets; binary: those of them that are stored as such, from base64 text. Both are known only of a
    state that was read from schemas.
    """

    name: str
    keys: Mapping[str, str]
    schema_digest: str
    indexes: Mapping[str, IndexKeysState] = field(default_factory=dict)
    recognise: Recognise = field(default_factory=dict)
    derive: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None
    schema: Mapping[str, object] | None = field(default=None, compare=False, repr=False)
    defaults: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    binary: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@dataclass(frozen=True)
class SettingsState:
    """How the table is set up apart from its keys; provisioned units, or None: on demand."""

    read_capacity: int | None = None
    write_capacity: int | None = None
    stream: StreamView | None = None
    ttl: str | None = None
    encryption: str = "aws-owned"
    point_in_time_recovery: bool = False
    deletion_protection: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableState:
    """One table."""

    name: str
    hash: KeyAttribute
    range: KeyAttribute | None = None
    indexes: Mapping[str, IndexState] = field(default_factory=dict)
    entities: Mapping[str, EntityState] = field(default_factory=dict)
    settings: SettingsState = field(default_factory=SettingsState)

    @property
    def keys(self) -> tuple[KeyAttribute, ...]:
        """The table's own key attributes."""
        return (self.hash,) if self.range is None else (self.hash, self.range)

    def entity(self, name: str) -> EntityState:
        """The entity of that name. Raises OperationError KX605 with the names that there are."""
        return _named(self.entities, name, f"the table {self.name} has no entity")

    def index(self, name: str) -> IndexState:
        """The index of that name. Raises OperationError KX605 with the names that there are."""
        return _named(self.indexes, name, f"the table {self.name} has no index")

    def with_entity(self, entity: EntityState) -> TableState:
        """This table with the entity added, or in the place of the one of its name."""
        return replace(self, entities={**self.entities, entity.name: entity})

    def with_index(self, index: IndexState) -> TableState:
        """This table with the index added, or in the place of the one of its name."""
        return replace(self, indexes={**self.indexes, index.name: index})


@dataclass(frozen=True)
class State:
    """All tables by name."""

    tables: Mapping[str, TableState] = field(default_factory=dict)

    def table(self, name: str) -> TableState:
        """The table of that name. Raises OperationError KX605 with the names that there are."""
        return _named(self.tables, name, "there is no table")

    def with_table(self, table: TableState) -> State:
        """This state with the table added, or in the place of the one of its name."""
        return State({**self.tables, table.name: table})

    def without_table(self, name: str) -> State:
        """This state without the table."""
        return State({other: table for other, table in self.tables.items() if other != name})


def _named(members: Mapping[str, _T], name: str, none: str) -> _T:
    if name in members:
        return members[name]
    there = ", ".join(sorted(members)) or "none"
    raise OperationError(f"{none} {name!r}; there is {there}")
