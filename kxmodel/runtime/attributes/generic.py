"""Python value <-> DynamoDB attribute value where no declared type says how.

For attributes that the schema leaves open, unknown attributes, and stored values that do not have
the type that the schema declares.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from kxmodel.errors import ValueRefused
from kxmodel.values import canonical, format_timestamp, to_decimal
from kxmodel.values.item import MAX_DEPTH
from kxmodel.values.number import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.values import AttributeValue


def typed(tag: str, content: object) -> AttributeValue:
    """The attribute value of a type descriptor known at run time."""
    return cast("AttributeValue", {tag: content})


def untyped(stored: AttributeValue) -> tuple[str, Any]:
    """The type descriptor and the content of an attribute value."""
    ((tag, content),) = stored.items()
    return tag, content


def number(text: str) -> int | float | Decimal:
    """The number a stored text stands for: int, else float where no digit is lost, else Decimal."""
    if text.isdigit() and len(text) <= MAX_DIGITS and text.isascii():
        return int(text)
    exact = Decimal(text)
    if exact == exact.to_integral_value() and abs(exact) < Decimal(10) ** 38:
        return int(exact)
    approximate = float(exact)
    return approximate if Decimal(repr(approximate)) == exact else exact


def decode(stored: AttributeValue) -> object:
    """The Python value of an attribute value: what is stored comes back whole."""
    tag, value = untyped(stored)
    match tag:
        case "S" | "B" | "BOOL":
            return value
        case "N":
            return number(value)
        case "NULL":
            return None
        case "M":
            return {name: decode(member) for name, member in value.items()}
        case "L":
            return [decode(element) for element in value]
        case "SS" | "BS":
            return set(value)
        case "NS":
            return {number(element) for element in value}
        case _:
            raise ValueRefused(f"DynamoDB has no type {tag!r}")


def encode(value: object, depth: int = 0) -> AttributeValue:
    """The attribute value of a Python value.

    Raises ValueRefused where DynamoDB has no type, and for what nests deeper than it takes.
    """
    if depth > MAX_DEPTH:
        raise ValueRefused(f"the value nests over {MAX_DEPTH} levels", code="KX317")
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            # What it holds: an enumeration's member may print itself as another text.
            return {"S": str.__str__(value)}
        case int() | float() | Decimal():
            return {"N": canonical(to_decimal(value))}
        case bytes() | bytearray() | memoryview():
            return {"B": bytes(value)}
        case datetime():
            return {"S": format_timestamp(value)}
        case dict():
            return {"M": {_name(n): encode(member, depth + 1) for n, member in value.items()}}
        case list() | tuple():
            return {"L": [encode(element, depth + 1) for element in value]}
        case set() | frozenset():
            return _encode_set(value)
        case _:
            return _encode_object(value)


def _name(name: object) -> str:
    if not isinstance(name, str):
        raise ValueRefused(f"a map's member name is text, not {type(name).__name__}")
    return name


def _encode_set(value: set[object] | frozenset[object]) -> AttributeValue:
    encoded = [encode(element) for element in value]
    tags: set[str] = {tag for element in encoded for tag in element}
    if len(tags) != 1 or not tags <= {"S", "N", "B"}:
        raise ValueRefused("a set holds text, numbers or binary, all of one type, and is not empty")
    (tag,) = tags
    return typed(f"{tag}S", sorted(untyped(element)[1] for element in encoded))


def _encode_object(value: object) -> AttributeValue:
    encode_self = getattr(value, "_kx_encode", None)
    if encode_self is not None:
        return {"M": encode_self()}
    raise ValueRefused(f"DynamoDB has no type for a Python {type(value).__name__}")


def refine(new: AttributeValue, old: AttributeValue, baseline: AttributeValue) -> AttributeValue:
    """`new`, with the parts that equal `baseline` written exactly as they are in `old`.

    old: what is stored. baseline: `old` decoded and encoded again, untouched. A number whose
    digits Python's float cannot hold comes back as it was wherever nobody changed it.
    """
    if new == baseline:
        return old
    if "M" in new and "M" in old:
        before, plain = old["M"], baseline["M"]
        return {
            "M": {
                name: refine(member, before[name], plain[name]) if name in plain else member
                for name, member in new["M"].items()
            }
        }
    if "L" in new and "L" in old:
        return {"L": _refine_elements(new["L"], old["L"], baseline["L"])}
    if "NS" in new and "NS" in old:
        exact = {canonical(element): element for element in old["NS"]}
        return {"NS": [exact.get(element, element) for element in new["NS"]]}
    return new


def keep_digits(new: AttributeValue, given: AttributeValue) -> AttributeValue:
    """`new` with the digits of `given`, wherever a number is the same but for what a float can hold."""
    if "N" in new and "N" in given:
        return given if float(new["N"]) == float(given["N"]) else new
    if "M" in new and "M" in given:
        members, known = new["M"], given["M"]
        return {"M": {n: keep_digits(v, known[n]) if n in known else v for n, v in members.items()}}
    if "L" in new and "L" in given and len(new["L"]) == len(given["L"]):
        return {"L": [keep_digits(*pair) for pair in zip(new["L"], given["L"], strict=True)]}
    if "NS" in new and "NS" in given:
        return given if {*map(float, new["NS"])} == {*map(float, given["NS"])} else new
    return new


def _refine_elements(
    new: Sequence[AttributeValue],
    old: Sequence[AttributeValue],
    baseline: Sequence[AttributeValue],
) -> list[AttributeValue]:
    """Elements are matched by value, so that one keeps its digits when others come or go."""
    result = []
    for position, element in enumerate(new):
        if position < len(baseline) and element == baseline[position]:
            result.append(old[position])
        elif element in baseline:
            result.append(old[baseline.index(element)])
        elif position < len(baseline):
            result.append(refine(element, old[position], baseline[position]))
        else:
            result.append(element)
    return result
