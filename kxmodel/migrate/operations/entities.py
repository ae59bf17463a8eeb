"""What the history knows of entities. Nothing here changes a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from kxmodel.migrate.operations.arguments import (
    condition,
    index_keys,
    index_keys_argument,
    recognise_argument,
    templates,
)
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.state import (
    EntityState,
    IndexKeysState,
    Recognise,
    State,
    TableState,
    When,
    is_digest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class _OfEntity(Operation):
    """Changes one entity of a table in the history."""

    kind: ClassVar[Kind] = "state"

    table: str
    entity: str

    def __post_init__(self) -> None:
        self._check_name("table", "entity")

    def _changed(self, state: State, entity: EntityState) -> State:
        return state.with_table(state.table(self.table).with_entity(entity))

    def _of(self, state: State) -> EntityState:
        return state.table(self.table).entity(self.entity)


@dataclass(frozen=True)
class AddEntity(_OfEntity):
    """A kind of item that the table holds from now on.

    keys: the table's key attributes -> templates. indexes: index -> ``{"keys": {...}, "when": {...}}``.
    recognise: ``{"equals": {...}, "prefix": {...}}``; without it every item is of this entity.
    schema: the digest of its JSON Schema. derive: attribute -> template. version: the attribute that
    every write counts up.
    """

    keys: Mapping[str, str]
    schema: str
    indexes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    recognise: Recognise = field(default_factory=dict)
    derive: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._set("keys", templates(self.keys))
        self._set("indexes", index_keys_argument(index_keys(self.indexes)))
        self._set("recognise", recognise_argument(self.recognise))
        self._set("derive", templates(self.derive) if self.derive else {})
        _check_digest(self, self.schema)

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if self.entity in table.entities:
            raise self._refuse(f"{self.table} has an entity {self.entity} already")
        names = {key.name for key in table.keys}
        if set(self.keys) != names:
            raise self._refuse(
                f"{self.entity} needs a template for {', '.join(sorted(names))}, "
                f"and has {', '.join(sorted(self.keys))}"
            )
        return self._changed(
            state,
            EntityState(
                name=self.entity,
                keys=self.keys,
                schema_digest=self.schema,
                indexes=index_keys(self.indexes),
                recognise=self.recognise,
                derive=self.derive,
                version=self.version,
            ),
        )

    def describe(self) -> str:
        return f"{self.table} holds items of {self.entity} from now on."

    def inverse(self, before: State) -> Operation:
        del before
        return RemoveEntity(self.table, self.entity)


@dataclass(frozen=True)
class RemoveEntity(_OfEntity):
    """A kind of item that the table holds no longer; stored ones are left as they are."""

    def apply(self, state: State) -> State:
        self._of(state)
        table: TableState = state.table(self.table)
        kept = {name: each for name, each in table.entities.items() if name != self.entity}
        return state.with_table(replace(table, entities=kept))

    def describe(self) -> str:
        return f"{self.table} holds no {self.entity} any more; stored ones are left as they are."

    def inverse(self, before: State) -> Operation:
        entity = self._of(before)
        return AddEntity(
            self.table,
            self.entity,
            keys=entity.keys,
            schema=entity.schema_digest,
            indexes=index_keys_argument(entity.indexes),
            recognise=entity.recognise,
            derive=entity.derive,
            version=entity.version,
        )


@dataclass(frozen=True)
class SetEntityKeys(_OfEntity):
    """What writers put into the keys of one index from now on; no stored item is changed.

    keys: key attribute -> template; None: the entity is not in the index.
    """

    index: str
    keys: Mapping[str, str] | None = None
    when: When | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_name("index")
        self._set("keys", None if self.keys is None else templates(self.keys))
        self._set("when", condition(self.when))

    def apply(self, state: State) -> State:
        entity = self._of(state)
        indexes = {name: keys for name, keys in entity.indexes.items() if name != self.index}
        if self.keys is not None:
            indexes[self.index] = IndexKeysState(self.keys, self.when)
        return self._changed(state, replace(entity, indexes=indexes))

    def describe(self) -> str:
        if self.keys is None:
            return f"Writers no longer put {self.entity} of {self.table} into {self.index}."
        return (
            f"Writers put {self.entity} of {self.table} into {self.index} by {_pairs(self.keys)}."
        )

    def inverse(self, before: State) -> Operation:
        was = self._of(before).indexes.get(self.index)
        if was is not None and self.keys is None:
            from kxmodel.migrate.operations.keys import BackfillKeys

            # What was written meanwhile has none.
            return BackfillKeys(self.table, self.entity, self.index, was.keys, was.when)
        return SetEntityKeys(
            self.table,
            self.entity,
            self.index,
            keys=was.keys if was else None,
            when=was.when if was else None,
        )


@dataclass(frozen=True)
class SetEntity(_OfEntity):
    """How an entity is recognised, which attributes are derived, and what counts its writes."""

    recognise: Recognise = field(default_factory=dict)
    derive: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._set("recognise", recognise_argument(self.recognise))
        self._set("derive", templates(self.derive) if self.derive else {})

    @classmethod
    def of(cls, table: str, entity: EntityState) -> SetEntity:
        """The operation that brings about what `entity` says."""
        return cls(table, entity.name, entity.recognise, entity.derive, entity.version)

    def apply(self, state: State) -> State:
        changed = replace(
            self._of(state), recognise=self.recognise, derive=self.derive, version=self.version
        )
        return self._changed(state, changed)

    def describe(self) -> str:
        return f"Set how {self.entity} of {self.table} is recognised and derived."

    def inverse(self, before: State) -> Operation:
        return SetEntity.of(self.table, self._of(before))


@dataclass(frozen=True)
class SetSchema(_OfEntity):
    """Items of the entity are held against another JSON Schema from now on."""

    positional: ClassVar[int] = 3

    schema: str

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_digest(self, self.schema)

    def apply(self, state: State) -> State:
        return self._changed(
            state, replace(self._of(state), schema_digest=self.schema, schema=None)
        )

    def describe(self) -> str:
        return (
            f"{self.entity} of {self.table} has a new schema from now on; no stored item is read."
        )

    def inverse(self, before: State) -> Operation:
        return SetSchema(self.table, self.entity, self._of(before).schema_digest)


def _check_digest(operation: AddEntity | SetSchema, schema: str) -> None:
    if not is_digest(schema):
        raise operation._refuse("schema is no digest: sha256: and 64 hexadecimal digits")


def _pairs(keys: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {template}" for name, template in keys.items())
