"""Values of PynamoDB's own attribute classes from plain JSON: the way back of `Model.to_json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pynamodb import attributes as pynamodb

from kxmodel.runtime.attributes import AnyAttribute, KxAttribute, generic
from kxmodel.values import canonical
from kxmodel.values.item import raw_bytes

if TYPE_CHECKING:
    from kxmodel.values import AttributeValue

#: Stands for members and elements without a declared type.
_OPEN: Final = AnyAttribute()


def from_plain(attribute: Any, value: object) -> object:
    """The Python value of the plain JSON of what `attribute` stores.

    What is not in that form is taken as it is; and so is everything for a class of the user's that
    reads in a way of its own, since what it does with text that was never stored, nobody knows.
    """
    try:
        if value is None or not _is_read_by_pynamodb(attribute):
            return value
        return attribute.deserialize(attribute.get_value(_stored(attribute, value)))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return value


def _is_read_by_pynamodb(attribute: Any) -> bool:
    if isinstance(attribute, KxAttribute):
        return True
    if type(attribute).deserialize.__module__ != pynamodb.__name__:
        return False
    if isinstance(attribute, pynamodb.DynamicMapAttribute):
        return False  # one that was read stores a member `attribute_values` the next time
    if isinstance(attribute, pynamodb.MapAttribute):
        return all(map(_is_read_by_pynamodb, type(attribute).get_attributes().values()))
    element = getattr(attribute, "element_type", None)
    return element is None or _is_read_by_pynamodb(element())


def _stored(attribute: Any, value: Any) -> AttributeValue:
    """The attribute value. Raises LookupError, TypeError or ValueError for what is in no such form."""
    if value is None:
        return {"NULL": True}
    if isinstance(attribute, KxAttribute):
        return attribute.encode(attribute.from_json(value))
    if isinstance(attribute, pynamodb.MapAttribute) and isinstance(value, Mapping):
        members = {a.attr_name: a for a in type(attribute).get_attributes().values()}
        if not attribute.is_raw() and not members.keys() >= value.keys():
            raise LookupError
        return {"M": {n: _stored(members.get(n, _OPEN), member) for n, member in value.items()}}
    if isinstance(attribute, pynamodb.ListAttribute) and isinstance(value, list):
        element = attribute.element_type() if attribute.element_type else _OPEN
        return {"L": [_stored(element, each) for each in value]}
    match attribute.attr_type:
        case "B":
            return {"B": raw_bytes(value)}
        case "BS":
            return {"BS": [raw_bytes(each) for each in value]}
        case "SS":
            return {"SS": list(value)}
        case "NS":
            return {"NS": [canonical(each) for each in value]}
    return generic.encode(value)
