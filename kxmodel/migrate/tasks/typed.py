"""Plain JSON that remembers what it was stored as, for functions that hand parts of an item on.

JSON has neither sets nor binary. A set is shown as a list and binary as base64 text, and wherever a function
puts them, in a list or under another name, they are stored as what they were.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from kxmodel.errors import ValueRefused
from kxmodel.values import JSON, AttributeValue, canonical, from_json, to_decimal, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_Set: TypeAlias = Literal["SS", "NS", "BS"]


class Base64(str):
    """The base64 text of stored binary."""

    __slots__ = ()


class SetList(list[JSON]):
    """The elements of a stored set, in order."""

    def __init__(self, kind: _Set, elements: list[JSON]) -> None:
        super().__init__(elements)
        self.kind = kind

    def __reduce__(self) -> tuple[type[SetList], tuple[_Set, list[JSON]]]:
        return SetList, (self.kind, [*self])


def shown(value: AttributeValue) -> JSON:
    """The plain JSON of a stored value. Raises ValueRefused KX315 and KX317."""
    if "M" in value:
        return {name: shown(inner) for name, inner in value["M"].items()}
    if "L" in value:
        return [shown(inner) for inner in value["L"]]
    plain = to_json(value)
    if "B" in value:
        return Base64(cast("str", plain))
    kind = next(iter(value))
    if kind in ("SS", "NS", "BS"):
        return SetList(cast("_Set", kind), cast("list[JSON]", plain))
    return plain


def stored(value: JSON, before: AttributeValue | None) -> AttributeValue:
    """The value to store for plain JSON, with the digits and types of what was there before it.

    before: what stood in its place; None: nothing. Raises ValueRefused as `from_json`, and KX317 for binary
    that was changed and for a set without elements.
    """
    from_json(value)
    return _stored(value, before)


def _stored(value: JSON, before: AttributeValue | None) -> AttributeValue:
    if before is not None and equal(value, to_json(before)):
        return before
    if isinstance(value, dict):
        members: Mapping[str, AttributeValue] = {} if before is None else before.get("M", {})
        return {"M": {name: _stored(inner, members.get(name)) for name, inner in value.items()}}
    if isinstance(value, list):
        return _list(value, before)
    if isinstance(value, Base64):
        return {"B": base64.b64decode(value)}
    if isinstance(value, str) and before is not None and "B" in before:
        raise ValueRefused("a transform cannot change binary values", code="KX317")
    return from_json(value)


def _list(value: list[JSON], before: AttributeValue | None) -> AttributeValue:
    kind = value.kind if isinstance(value, SetList) else _kind(before)
    if kind is not None and not value:
        raise ValueRefused("a set has elements, or there is none: give None for it", code="KX317")
    if kind == "SS" and all(isinstance(text, str) for text in value):
        return {"SS": sorted({str(text) for text in value})}
    numbers = [n for n in value if isinstance(n, str | int | float) and not isinstance(n, bool)]
    if kind == "NS" and len(numbers) == len(value):
        return {"NS": sorted({canonical(n) for n in numbers}, key=to_decimal)}
    if kind == "BS":
        if not all(isinstance(text, Base64) for text in value) and not isinstance(value, SetList):
            raise ValueRefused("a transform cannot change binary values", code="KX317")
        return {"BS": sorted({base64.b64decode(str(text)) for text in value})}
    elements = before.get("L", ()) if before is not None else ()
    # Only in a list of the same length is it known what stood in an element's place.
    places = elements if len(elements) == len(value) else (None,) * len(value)
    return {"L": [_element(inner, old) for inner, old in zip(value, places, strict=True)]}


def _element(value: JSON, before: AttributeValue | None) -> AttributeValue:
    """As `stored`; a list's elements may have changed places, so that text is text where binary was."""
    moved = isinstance(value, str) and not (before is not None and equal(value, to_json(before)))
    return _stored(value, None if moved else before)


def _kind(before: AttributeValue | None) -> _Set | None:
    kind = None if before is None else next(iter(before))
    return cast("_Set", kind) if kind in ("SS", "NS", "BS") else None


def equal(a: JSON, b: JSON) -> bool:
    """Whether two plain values are one: ``1`` and ``1.0`` are, ``1`` and ``True`` are not."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal(v, b[k]) for k, v in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b
