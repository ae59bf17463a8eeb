"""Exact arithmetic of JSON's numbers, in which a float counts as its shortest digits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


def ratio(number: float | Decimal) -> tuple[int, int]:
    """`number` as numerator and denominator in lowest terms: 0.1 is (1, 10)."""
    return (Decimal(repr(number)) if isinstance(number, float) else number).as_integer_ratio()


def is_multiple(number: float | Decimal, divisor: float | Decimal) -> bool:
    """Whether `number` divided by `divisor` is whole; `divisor` is greater than 0."""
    above, below = ratio(number)
    times, over = ratio(divisor)
    return above * over % (below * times) == 0


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal as JSON: true is not 1, and 1.0 is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return one == other if type(one) is type(other) else ratio(one) == ratio(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def fingerprint(value: object) -> Hashable:
    """What is equal for two plain values exactly where they are the `same`."""
    if isinstance(value, dict):
        return "object", frozenset((name, fingerprint(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "array", tuple(map(fingerprint, value))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return "number", ratio(value)
    return type(value), value


class MultipleOf:
    """`multipleOf` for jsonschema-rs.

    Its own goes through a binary float where the divisor is an integer and the number is not, and
    so takes 12345678901234567890123456789012345.678 for a multiple of 4.
    """

    def __init__(self, schema: object, value: float | Decimal, path: object) -> None:
        self._divisor = value

    def validate(self, instance: object) -> None:
        """Raises ValueError where `instance` is a number and no multiple."""
        if isinstance(instance, bool) or not isinstance(instance, int | float | Decimal):
            return
        if not is_multiple(instance, self._divisor):
            raise ValueError(f"must be a multiple of {self._divisor}")
