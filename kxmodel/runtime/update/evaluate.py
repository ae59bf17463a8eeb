"""What an item becomes by an update: DynamoDB's update expressions, on a known item.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from pynamodb.expressions.operand import Path, Value

from kxmodel.runtime.attributes.generic import typed, untyped
from kxmodel.runtime.update.changes import (
    Decrement,
    IfNotExists,
    Increment,
    ListAppend,
    document_path,
)
from kxmodel.values import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kxmodel.runtime.update.changes import Change, DocumentPath
    from kxmodel.values import AttributeValue

#: DynamoDB computes with 38 significant digits.
_ARITHMETIC = Context(prec=38)


class NotComputable(Exception):
    """The database would refuse this expression on this item, or its result cannot be foreseen."""


def apply(
    changes: Sequence[Change], item: Mapping[str, AttributeValue]
) -> dict[str, AttributeValue]:
    """The item after the changes, all of them reading the item as it was, which stays so.

    What no change is inside of is in both. Raises NotComputable where DynamoDB itself would refuse
    (a missing operand, a wrong type).
    """
    result: dict[str, Any] = dict(item)
    for change in sorted(changes, key=_in_turn):
        result = apart(result, (change.path,))
        match change.kind:
            case "set":
                put(result, change.path, _value(change.action.values[1], item))
            case "remove":
                drop(result, change.path)
            case "add":
                put(result, change.path, _added(find(item, change.path), change.literal))
            case "delete":
                remaining = _without(find(item, change.path), change.literal)
                if remaining is None:
                    drop(result, change.path)
                else:
                    put(result, change.path, remaining)
    return result


def apart(
    item: Mapping[str, AttributeValue], paths: Iterable[DocumentPath]
) -> dict[str, AttributeValue]:
    """A copy of an item with maps and lists of its own on the way to these paths, and no others."""
    result: dict[str, Any] = dict(item)
    for path in paths:
        around: Any = {"M": result}
        for part in path[:-1]:
            value = _member(around, part)
            if value is None or not ("M" in value or "L" in value):
                break
            own = {"M": {**value["M"]}} if "M" in value else {"L": [*value["L"]]}
            (inside,) = around.values()
            inside[part] = own
            around = own
    return result


def _in_turn(change: Change) -> tuple[bool, list[int]]:
    """SETs from the front of a list, then REMOVEs from its end: positions are those before it all."""
    positions = [part for part in change.path if isinstance(part, int)]
    removes = change.kind == "remove"
    return removes, [-part if removes else part for part in positions]


def find(item: Mapping[str, Any], path: DocumentPath) -> AttributeValue | None:
    """The attribute value at a document path, or None."""
    current: Any = {"M": item}
    for part in path:
        current = _member(current, part)
        if current is None:
            return None
    return current  # type: ignore[no-any-return]  # untyped document


def _member(value: Any, part: str | int) -> Any:
    """What an attribute value has at one step of a path: a map's member, a list's element; or None."""
    if isinstance(part, str):
        return value.get("M", {}).get(part)
    elements = value.get("L", ())
    return elements[part] if part < len(elements) else None


def put(item: dict[str, Any], path: DocumentPath, value: AttributeValue) -> None:
    """Set the value at a document path whose parents exist. Raises NotComputable otherwise."""
    parent, last = _parent(item, path)
    if isinstance(last, int):
        elements = parent.get("L")
        if elements is None:
            raise NotComputable(path)
        # DynamoDB appends where the position is past the end.
        elements[last : last + 1] = [value]
    elif "M" in parent:
        parent["M"][last] = value
    else:
        raise NotComputable(path)


def drop(item: dict[str, Any], path: DocumentPath) -> None:
    """Remove what is at a document path, if anything is."""
    try:
        parent, last = _parent(item, path)
    except NotComputable:
        return
    if isinstance(last, int):
        del parent.get("L", [])[last : last + 1]
    else:
        parent.get("M", {}).pop(last, None)


def _parent(item: dict[str, Any], path: DocumentPath) -> tuple[dict[str, Any], str | int]:
    parent = find(item, path[:-1]) if len(path) > 1 else {"M": item}
    if parent is None:
        raise NotComputable(path)
    return parent, path[-1]  # type: ignore[return-value]  # untyped document


def _value(operand: Any, item: Mapping[str, AttributeValue]) -> AttributeValue:
    if isinstance(operand, Value):
        return operand.value  # type: ignore[no-any-return]  # PynamoDB's operands are untyped
    if isinstance(operand, Path):
        found = find(item, document_path(operand))
        if found is None:
            raise NotComputable(document_path(operand))
        return found
    left, right = operand.values
    if isinstance(operand, IfNotExists):
        stored = find(item, document_path(left))
        return _value(right, item) if stored is None else stored
    first, second = _value(left, item), _value(right, item)
    if isinstance(operand, ListAppend) and "L" in first and "L" in second:
        return {"L": [*first["L"], *second["L"]]}
    if isinstance(operand, Increment | Decrement) and "N" in first and "N" in second:
        a, b = Decimal(first["N"]), Decimal(second["N"])
        add = isinstance(operand, Increment)
        total = _ARITHMETIC.add(a, b) if add else _ARITHMETIC.subtract(a, b)
        return {"N": canonical(total)}
    raise NotComputable(operand)


def _added(stored: AttributeValue | None, literal: Any) -> AttributeValue:
    """ADD: a number to a number (0 where there is none), elements to a set."""
    kind, value = untyped(literal)
    if stored is None:
        return literal  # type: ignore[no-any-return]  # an attribute value
    if kind not in stored:
        raise NotComputable(kind)
    present = untyped(stored)[1]
    if kind == "N":
        return {"N": canonical(_ARITHMETIC.add(Decimal(present), Decimal(value)))}
    return typed(kind, [*present, *(e for e in value if e not in present)])


def _without(stored: AttributeValue | None, literal: Any) -> AttributeValue | None:
    """DELETE: elements from a set; an emptied set is no attribute."""
    if stored is None:
        return None
    kind, value = untyped(literal)
    if kind not in stored:
        raise NotComputable(kind)
    rest = [e for e in untyped(stored)[1] if e not in value]
    return typed(kind, rest) if rest else None
