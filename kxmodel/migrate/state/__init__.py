"""What the tables are at one point of the history of migrations. Pure."""

from kxmodel.migrate.state.canonical import Json, digest, dump, is_digest, load
from kxmodel.migrate.state.model import (
    EntityState,
    IndexKeysState,
    IndexState,
    Projection,
    Recognise,
    SettingsState,
    State,
    StreamView,
    TableState,
    When,
)
from kxmodel.migrate.state.read import state_of
from kxmodel.migrate.state.text import from_json, state_digest, to_json

__all__ = [
    "EntityState",
    "IndexKeysState",
    "IndexState",
    "Json",
    "Projection",
    "Recognise",
    "SettingsState",
    "State",
    "StreamView",
    "TableState",
    "When",
    "digest",
    "dump",
    "from_json",
    "is_digest",
    "load",
    "state_digest",
    "state_of",
    "to_json",
]
