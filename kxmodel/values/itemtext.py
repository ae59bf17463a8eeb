"""An item as one JSON text. A module of its own: only what holds or weighs items needs orjson."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.values.item import AttributeValue

#: Python's own types alone: what else orjson knows is no part of an item.
_AS_IT_IS: Final = orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATETIME


def item_text(item: Mapping[str, AttributeValue]) -> bytes | None:
    """The DynamoDB JSON of an item, in UTF-8; None for what JSON does not hold, such as binary."""
    try:
        return orjson.dumps(item, option=_AS_IT_IS)
    except TypeError:
        return None
