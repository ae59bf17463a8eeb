"""States as JSON, as snapshots hold them, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from kxmodel.errors import MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.state.canonical import Json, digest
from kxmodel.migrate.state.model import (
    EntityState,
    IndexKeysState,
    IndexState,
    SettingsState,
    State,
    TableState,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_T = TypeVar("_T")


def to_json(state: State, *, schemas: bool = True) -> dict[str, Any]:
    """The state as JSON. schemas: with the entities' schemas beside their digests."""
    return {"tables": {name: _table(table, schemas) for name, table in state.tables.items()}}


def from_json(value: Json) -> State:
    """The state that `to_json` wrote.

    Raises MigrationError KX604 for what it did not write, and for a schema that is not the one of
    its digest.
    """
    try:
        tables = cast("Mapping[str, Any]", value)["tables"]
        return State({name: _read_table(name, table) for name, table in tables.items()})
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise MigrationError(
            f"the snapshot holds no state: {type(error).__name__} {error}", code="KX604"
        ) from None


def state_digest(state: State) -> str:
    """The digest of everything that two equal states have in common."""
    return digest(to_json(state, schemas=False))


def _table(table: TableState, schemas: bool) -> dict[str, Any]:
    settings = table.settings
    return {
        "key": {
            "hash": _key(table.hash),
            **({"range": _key(table.range)} if table.range else {}),
        },
        "indexes": {name: _index(index) for name, index in table.indexes.items()},
        "entities": {name: _entity(entity, schemas) for name, entity in table.entities.items()},
        "settings": {
            name: value
            for name, value in vars(settings).items()
            if value != getattr(SettingsState(), name)
        },
    }


def _key(key: KeyAttribute) -> dict[str, str]:
    return {"name": key.name, "type": key.type}


def _index(index: IndexState) -> dict[str, Any]:
    projection = index.projection
    return {
        "hash": [_key(key) for key in index.hash],
        "range": [_key(key) for key in index.range],
        "projection": projection if isinstance(projection, str) else list(projection),
        **({"local": True} if index.local else {}),
    }


def _entity(entity: EntityState, schemas: bool) -> dict[str, Any]:
    return {
        "keys": dict(entity.keys),
        "indexes": {
            name: {"keys": dict(each.keys), **({"when": dict(each.when)} if each.when else {})}
            for name, each in entity.indexes.items()
        },
        "recognise": {name: dict(texts) for name, texts in entity.recognise.items()},
        "derive": dict(entity.derive),
        "version": entity.version,
        "schema_digest": entity.schema_digest,
        **({"schema": entity.schema} if schemas and entity.schema is not None else {}),
    }


def _read_table(name: str, value: Mapping[str, Any]) -> TableState:
    key = value["key"]
    return TableState(
        name=name,
        hash=_read_key(key["hash"]),
        range=_read_key(key["range"]) if "range" in key else None,
        indexes=_each(value["indexes"], _read_index),
        entities=_each(value["entities"], _read_entity),
        settings=SettingsState(**value["settings"]),
    )


def _each(value: Mapping[str, Any], read: Callable[[str, Any], _T]) -> dict[str, _T]:
    return {name: read(name, each) for name, each in value.items()}


def _read_key(value: Mapping[str, Any]) -> KeyAttribute:
    return KeyAttribute(value["name"], value["type"])


def _read_index(name: str, value: Mapping[str, Any]) -> IndexState:
    projection = value["projection"]
    return IndexState(
        name=name,
        hash=tuple(_read_key(key) for key in value["hash"]),
        range=tuple(_read_key(key) for key in value["range"]),
        projection=projection if isinstance(projection, str) else tuple(projection),  # type: ignore[arg-type]  # checked by comparing states
        local=value.get("local", False),
    )


def _read_entity(name: str, value: Mapping[str, Any]) -> EntityState:
    schema = value.get("schema")
    if schema is not None and digest(schema) != value["schema_digest"]:
        raise MigrationError(
            f"the snapshot's schema of {name} is not the one that its digest names", code="KX604"
        )
    return EntityState(
        name=name,
        keys=value["keys"],
        schema_digest=value["schema_digest"],
        indexes={
            index: IndexKeysState(each["keys"], each.get("when"))
            for index, each in value["indexes"].items()
        },
        recognise=value["recognise"],
        derive=value["derive"],
        version=value["version"],
        schema=schema,
    )
