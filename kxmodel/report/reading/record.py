"""From a value of JSON to an item: plain, in DynamoDB JSON, or as a line of an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kxmodel.errors import ValueRefused
from kxmodel.validate import project_item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.values import JSON, AttributeValue

_TYPES: Final = frozenset({"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"})
#: What a key attribute can be (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html).
_KEY_TYPES: Final = frozenset({"S", "N", "B"})


@dataclass(frozen=True, slots=True)
class Item:
    """An item that was read.

    values: its plain JSON, as a schema judges it. stored: its DynamoDB JSON, where it came as that.
    most: bytes that it takes at most, where reading it told so. entity: the one in whose list it stood;
    empty where its attributes tell.
    """

    values: Mapping[str, JSON]
    stored: Mapping[str, AttributeValue] | None = None
    most: int | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that holds no item. code: KX664 for a record, KX665 for the rest of a file."""

    reason: str
    code: str = "KX664"


def stored_item(stored: Mapping[str, AttributeValue], most: int | None = None) -> Item | Broken:
    """The item of DynamoDB JSON."""
    try:
        return Item(project_item(stored), stored, most)
    except ValueRefused as error:
        return Broken(f"is no DynamoDB JSON: {error.message}")


def item_of(value: object, length: int, hashes: frozenset[str]) -> Item | Broken | None:
    """The item that a value of JSON is; None for a deletion in an incremental export.

    length: characters of the value's text. hashes: the partition keys of the tables that it may be of.
    A line of an export is ``{"Item": {...}}``; of an incremental one it has Metadata, Keys and images
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).
    """
    if isinstance(value, dict):
        if len(value) == 1 and isinstance(value.get("Item"), dict):
            value = value["Item"]
        elif isinstance(value.get("Metadata"), dict) and isinstance(value.get("Keys"), dict):
            value = value.get("NewImage")
            if value is None:
                return None
    if not isinstance(value, dict):
        return Broken("is no item: an item is a JSON object")
    if not value:
        return Broken("is no item: the object is empty")
    # `[[],[]]` in plain JSON is a list that takes more bytes than its text has characters.
    if _is_dynamo_json(value, hashes):
        return stored_item(cast("Mapping[str, AttributeValue]", value), 4 * length)
    return Item(value, None, 2 * length)


def _is_dynamo_json(value: Mapping[str, object], hashes: frozenset[str]) -> bool:
    """Whether the values have their types beside them.

    A key is a scalar, so that an object in its place can be nothing else.
    """
    known = [value[name] for name in hashes if name in value]
    if known:
        return any(isinstance(v, dict) and len(v) == 1 and v.keys() <= _KEY_TYPES for v in known)
    return all(isinstance(v, dict) and len(v) == 1 and v.keys() <= _TYPES for v in value.values())
