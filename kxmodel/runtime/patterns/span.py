"""A stretch of a sort key's values, and the one condition that DynamoDB takes for it.

DynamoDB orders text by its UTF-8 bytes, which is the order of code points, and so that of Python's
strings: lone surrogates, the one exception, are refused before they get here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from kxmodel.values import MAX_SORT_KEY_BYTES, utf8_length

SortValue: TypeAlias = str | bytes | Decimal
Operator: TypeAlias = Literal["=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"]

_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class Span(NamedTuple):
    """From `lower` to `upper`; None: without end on that side. `open`: the bound itself is out."""

    lower: SortValue | None = None
    upper: SortValue | None = None
    lower_open: bool = False
    upper_open: bool = False

    def holds(self, value: SortValue) -> bool:
        """Whether a value of the same type lies in it."""
        if self.lower is not None and (
            _less(value, self.lower) or (self.lower_open and value == self.lower)
        ):
            return False
        return self.upper is None or not (
            _less(self.upper, value) or (self.upper_open and value == self.upper)
        )

    @property
    def empty(self) -> bool:
        """Whether no value can lie in it."""
        if self.lower is None or self.upper is None:
            return False
        if self.lower == self.upper:
            return self.lower_open or self.upper_open
        return _less(self.upper, self.lower)

    @property
    def exact(self) -> bool:
        """Whether it is one value."""
        return self.lower is not None and self.lower == self.upper and not self.empty

    def hull(self, other: Span) -> Span:
        """The smallest span around both."""
        first, last = self, self
        if self.lower is not None and (
            other.lower is None
            or _less(other.lower, self.lower)
            or (other.lower == self.lower and self.lower_open)
        ):
            first = other
        if self.upper is not None and (
            other.upper is None
            or _less(self.upper, other.upper)
            or (other.upper == self.upper and self.upper_open)
        ):
            last = other
        return Span(first.lower, last.upper, first.lower_open, last.upper_open)

    def condition(self) -> tuple[Operator, tuple[SortValue, ...]] | None:
        """The condition for a Query, or None where there is nothing to ask.

        It may let more through than the span holds: BETWEEN takes both bounds in, and bounds over
        1,024 bytes, which DynamoDB refuses, are cut. What `holds` denies is dropped after reading.
        """
        lower, lower_open = _fit_lower(self.lower, self.lower_open)
        upper, upper_open = _fit_upper(self.upper, self.upper_open)
        if lower is None and upper is None:
            return None
        if upper is None:
            assert lower is not None
            return (">" if lower_open else ">="), (lower,)
        if lower is None:
            return ("<" if upper_open else "<="), (upper,)
        if lower == upper:
            return "=", (lower,)
        if isinstance(lower, str) and upper_open and not lower_open and upper == successor(lower):
            return "begins_with", (lower,)
        return "BETWEEN", (lower, upper)


def _less(one: SortValue, other: SortValue) -> bool:
    return one < other  # type: ignore[operator]  # the values of one key have one type


def beginning_with(prefix: str) -> Span:
    """All text that begins with `prefix`."""
    return Span(prefix or None, successor(prefix), upper_open=True)


def successor(prefix: str) -> str | None:
    """The least text after everything that begins with `prefix`; None if there is none."""
    for end in range(len(prefix), 0, -1):
        code = ord(prefix[end - 1])
        if code < _LAST:
            following = code + 1
            if following in _SURROGATES:
                following = _SURROGATES.stop
            return prefix[: end - 1] + chr(following)
    return None


def _fit_lower(value: SortValue | None, is_open: bool) -> tuple[SortValue | None, bool]:
    if isinstance(value, str):
        cut = _cut(value)
        return (value, is_open) if cut == value else (cut, False)
    return value, is_open


def _fit_upper(value: SortValue | None, is_open: bool) -> tuple[SortValue | None, bool]:
    if not isinstance(value, str):
        return value, is_open
    fitted: str | None = value
    while fitted is not None and (cut := _cut(fitted)) != fitted:
        # Everything up to the value either lies before the cut text or begins with it.
        fitted, is_open = successor(cut), True
    return fitted, is_open


def _cut(text: str) -> str:
    """The longest beginning that fits a sort key."""
    if utf8_length(text) <= MAX_SORT_KEY_BYTES:
        return text
    return text.encode()[:MAX_SORT_KEY_BYTES].decode(errors="ignore")
