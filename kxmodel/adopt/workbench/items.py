"""The sample items of a model: DynamoDB JSON, judged value by value.

Workbench lets one type what is inside maps and lists by hand, and models of AWS hold plain JSON there
(``{"M": {"is_enabled": true}}``): such values are taken as what they say.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast, get_args

from kxmodel.errors import ValueRefused
from kxmodel.ir import DynamoType
from kxmodel.values import canonical, check_text, to_decimal, to_json

if TYPE_CHECKING:
    from kxmodel.adopt.observed import Item
    from kxmodel.adopt.workbench.place import Place
    from kxmodel.values import AttributeValue


_TYPES: Final = frozenset(get_args(DynamoType))


def read_item(place: Place, untyped: dict[str, None]) -> Item:
    """One item of ``TableData``. Raises AdoptError KX710 for what is no item.

    untyped: gets the names of the attributes inside which plain JSON stands.
    """
    return {name: _value(name, found, untyped) for name, found in place.members()}


def _value(name: str, place: Place, untyped: dict[str, None]) -> AttributeValue:
    try:
        value = cast("AttributeValue", _as_stored(place.value))
        check_text(name)
        to_json(value)
    except ValueRefused as error:
        place.fail(error.message, error.fix)
    if _has_untyped(place.value):
        untyped[name] = None
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
            return {"L": [_inner(each) for each in content]}
        case "M", dict():
            return {"M": {name: _inner(each) for name, each in content.items()}}
        case _:
            return value


def _inner(value: object) -> object:
    """A value inside a map or a list, plain JSON included."""
    match value:
        case dict() if _is_typed(value):
            return _as_stored(value)
        case dict():
            return {"M": {name: _inner(each) for name, each in value.items()}}
        case list():
            return {"L": [_inner(each) for each in value]}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case None:
            return {"NULL": True}
        case _:
            return {"N": _number(value)}


def _is_typed(value: object) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPES


def _has_untyped(value: object) -> bool:
    """Whether plain JSON stands inside a typed value."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ((kind, content),) = value.items()
    if kind not in ("M", "L") or not isinstance(content, dict | list):
        return False
    inside = content.values() if isinstance(content, dict) else content
    return any(not _is_typed(each) or _has_untyped(each) for each in inside)


def _number(value: object) -> object:
    """A number as DynamoDB keeps it; what is none unchanged. Raises ValueRefused (KX315)."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return value
    return canonical(to_decimal(value))
