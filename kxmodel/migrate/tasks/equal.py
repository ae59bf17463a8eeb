"""Equality of stored values as DynamoDB compares them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.values import AttributeValue


def same(a: AttributeValue | None, b: AttributeValue | None) -> bool:
    """Whether DynamoDB takes two values for one: numbers by value, sets without order, no value for none.

    "Comparison operator and function reference":
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
    """
    if a == b:
        return True
    if a is None or b is None or a.keys() != b.keys():
        return False
    if "N" in a:
        return Decimal(a["N"]) == Decimal(b["N"])
    if "NS" in a:
        return {Decimal(n) for n in a["NS"]} == {Decimal(n) for n in b["NS"]}
    if "SS" in a:
        return set(a["SS"]) == set(b["SS"])
    if "BS" in a:
        return {bytes(n) for n in a["BS"]} == {bytes(n) for n in b["BS"]}
    if "L" in a:
        return len(a["L"]) == len(b["L"]) and all(map(same, a["L"], b["L"]))
    if "M" in a:
        left, right = a["M"], b["M"]
        return left.keys() == right.keys() and all(same(v, right[k]) for k, v in left.items())
    return False
