"""The sample items of a model: DynamoDB JSON, judged value by value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from kxmodel.errors import ValueRefused
from kxmodel.values import canonical, check_text, to_decimal, to_json

if TYPE_CHECKING:
    from kxmodel.adopt.observed import Item
    from kxmodel.adopt.workbench.place import Place
    from kxmodel.values import AttributeValue


def read_item(place: Place) -> Item:
    """One item of ``TableData``. Raises AdoptError KX710 for what is no item."""
    return {name: _value(name, found) for name, found in place.members()}


def _value(name: str, place: Place) -> AttributeValue:
    try:
        value = cast("AttributeValue", _as_stored(place.value))
        check_text(name)
        to_json(value)
    except ValueRefused as error:
        place.fail(error.message, error.fix)
    return value


def _as_stored(value: object) -> object:
    """The value with numbers as text and truth values as such, which tools write otherwise as well."""
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((kind, content),) = value.items()
    match kind, content:
        case "N", _:
            return {"N": _number(content)}
        case "NS", list():
            return {"NS": [_number(each) for each in content]}
        case "BOOL", "true" | "false":
            return {"BOOL": content == "true"}
        case "L", list():
            return {"L": [_as_stored(each) for each in content]}
        case "M", dict():
            return {"M": {name: _as_stored(each) for name, each in content.items()}}
        case _:
            return value


def _number(value: object) -> object:
    """A number as DynamoDB keeps it; what is none unchanged. Raises ValueRefused (KX315)."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return value
    return canonical(to_decimal(value))
