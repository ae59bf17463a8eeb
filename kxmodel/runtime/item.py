"""Items apart from any class: an unknown entity's, and the forms an item has outside Python."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, cast

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.runtime.attributes import KxAttribute, generic
from kxmodel.values import to_json
from kxmodel.values.item import raw_bytes, unpack

if TYPE_CHECKING:
    from kxmodel.runtime.typing import JsonValue
    from kxmodel.values import AttributeValue


class Item(dict[str, object]):
    """An item of no known entity: a dict of its Python values, by stored names.

    raw: the item in DynamoDB JSON.
    """

    raw: Mapping[str, AttributeValue]

    @classmethod
    def of(cls, raw: Mapping[str, AttributeValue]) -> Self:
        """The plain item of what is stored."""
        made = cls({name: generic.decode(value) for name, value in raw.items()})
        made.raw = raw
        return made


def from_wire(item: Mapping[str, Any]) -> dict[str, AttributeValue]:
    """An item in DynamoDB JSON with binary as bytes; base64 text is decoded.

    Raises ValueRefused (KX317) for what is no DynamoDB JSON.
    """
    if not isinstance(item, Mapping):
        raise ValueRefused(f"{shorten(item)} is no item in DynamoDB JSON", code="KX317")
    return {name: _binary(value) for name, value in item.items()}


def parse_document(text: str | bytes) -> object:
    """The value of a JSON document. Raises ValueRefused (KX317) for a text that is none.

    A number that is no whole one is a float where that keeps every digit, else a Decimal.
    """
    from kxmodel.values.jsontext import json_value

    try:
        return json_value(text)
    except json.JSONDecodeError as error:
        told = f"the text is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except UnicodeDecodeError:
        told = "the text is not JSON: it is not UTF-8"
    except RecursionError:
        told = "the JSON nests too deeply"
    except ValueError:
        told = "the JSON holds an integer of more digits than Python reads"
    raise ValueRefused(told, code="KX317", fix="Give the text of one JSON object.")


def plain_value(attribute: object, value: object) -> object:
    """What an attribute, ours or one of PynamoDB's own, takes for the plain JSON of a value."""
    if isinstance(attribute, KxAttribute):
        return attribute.from_json(value)
    from kxmodel.runtime.pynamodb_plain import from_plain

    return from_plain(attribute, value)


def _binary(value: Any) -> AttributeValue:
    kind, content = unpack(value)
    inner: Any = content
    match kind:
        case "B":
            return {"B": raw_bytes(content)}
        case "BS":
            return {"BS": [raw_bytes(element) for element in inner]}
        case "M":
            return {"M": from_wire(inner)}
        case "L":
            return {"L": [_binary(element) for element in inner]}
        case _:
            # Judges the rest: a tag that is none, a number that is none.
            to_json(value)
            return value  # type: ignore[no-any-return]


def to_plain(item: Mapping[str, AttributeValue]) -> dict[str, JsonValue]:
    """The plain JSON of an item."""
    return {name: cast("JsonValue", to_json(value)) for name, value in item.items()}
