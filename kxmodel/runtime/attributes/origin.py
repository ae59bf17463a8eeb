"""What an object was read from, kept as one text until a write asks for it.

An item as a tree of dicts takes several times the memory of its values, and most objects are never
written. So an object holds the JSON of its item, and each nested structure the way to its part.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

import orjson

from kxmodel.values import AttributeValue
from kxmodel.values.itemtext import item_text

Stored: TypeAlias = Mapping[str, AttributeValue]


class Snapshot:
    """An item as it was read: its JSON, and once somebody has asked, its members.

    text: of an item without binary, which JSON cannot tell from text.
    """

    __slots__ = ("_members", "_text")

    def __init__(self, text: str | bytes) -> None:
        self._text: str | bytes = text
        self._members: Stored | None = None

    @property
    def members(self) -> Stored:
        """The item's attribute values. Whoever asks leaves them as they are."""
        text, members = self._text, self._members
        if members is None:
            # Another thread may do the same: a text is only let go of when the members are there.
            self._members = members = _parsed(text)
            self._text = ""
        return members


def _parsed(text: str | bytes) -> Stored:
    try:
        return cast("Stored", orjson.loads(text))
    except orjson.JSONDecodeError:
        # Half of a surrogate pair, which a read takes: what holds it can be mended or deleted.
        return cast("Stored", json.loads(text))


#: An item, or the way to a part of one: what it is a part of, and the name or the position there.
Origin: TypeAlias = "Snapshot | Stored | tuple[Origin, str | int]"


def snapshot(stored: Stored, text: str | None = None) -> Origin:
    """The origin of an item as DynamoDB has sent it. text: its JSON, where that is at hand.

    What cannot be kept as JSON, such as binary, is kept as it is.
    """
    kept = item_text(stored) if text is None else text
    return stored if kept is None else Snapshot(kept)


def members_at(origin: Origin) -> Stored:
    """The attribute values at an origin. Raises LookupError where there is no such part."""
    return cast("Stored", _content(origin))


def _content(origin: Origin) -> Any:
    """What is inside of an attribute value that holds others: members or elements."""
    if type(origin) is tuple:
        inside, step = origin
        value: AttributeValue = _content(inside)[step]
        return value["M"] if "M" in value else value["L"]
    return origin.members if type(origin) is Snapshot else origin
