"""The keyword arguments that narrow an access pattern to a part of its sort key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypedDict

from kxmodel.errors import UsageError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

_Time: TypeAlias = datetime | str


class TextRange(TypedDict, total=False):
    """`between` takes both ends in. Text is compared by its UTF-8 bytes, as DynamoDB orders it."""

    between: tuple[str, str]
    begins_with: str
    lt: str
    le: str
    gt: str
    ge: str


class TimestampRange(TypedDict, total=False):
    """Times as aware datetimes or ISO 8601; `begins_with` takes the beginning of one: ``2024-01``."""

    between: tuple[_Time, _Time]
    begins_with: str
    lt: _Time
    le: _Time
    gt: _Time
    ge: _Time


class IntegerRange(TypedDict, total=False):
    """`between` takes both ends in."""

    between: tuple[int, int]
    lt: int
    le: int
    gt: int
    ge: int


class NumberRange(TypedDict, total=False):
    """`between` takes both ends in."""

    between: tuple[float, float]
    lt: float
    le: float
    gt: float
    ge: float


class DecimalRange(TypedDict, total=False):
    """`between` takes both ends in."""

    between: tuple[Decimal, Decimal]
    lt: Decimal
    le: Decimal
    gt: Decimal
    ge: Decimal


class Bound(NamedTuple):
    """One end of a range. `open`: the value itself is out."""

    value: object
    open: bool = False


class Narrowing(NamedTuple):
    """What the caller asked for: a beginning of the text, or bounds; all values normalised."""

    lower: Bound | None = None
    upper: Bound | None = None
    beginning: str | None = None


_OPERATORS = ("between", "begins_with", "lt", "le", "gt", "ge")


def read_narrowing(
    narrow: Mapping[str, object], normalise: Callable[[object], object]
) -> Narrowing | None:
    """The narrowing that the keyword arguments mean, or None where they mean none.

    Raises UsageError (KX409) for arguments that are unknown, empty or exclude each other, and what
    `normalise` raises for a value that is none. ``begins_with=""`` narrows nothing, as in Python.
    """
    for name in narrow:
        if name not in _OPERATORS:
            from difflib import get_close_matches

            close = get_close_matches(name, _OPERATORS, n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_OPERATORS)}"
            raise _refused(f"there is no narrowing {name!r}; {hint}")
        if narrow[name] is None:
            raise _refused(f"{name} is None; leave it out to narrow nothing")
    _check_together(narrow)
    if "begins_with" in narrow:
        beginning = narrow["begins_with"]
        if not isinstance(beginning, str):
            raise _refused(f"begins_with takes text, not {shorten(beginning)}")
        return Narrowing(beginning=beginning) if beginning else None
    if "between" in narrow:
        ends = narrow["between"]
        if not isinstance(ends, tuple | list) or len(ends) != 2 or None in ends:
            raise _refused(f"between takes a pair (from, to), not {shorten(ends)}")
        return Narrowing(Bound(normalise(ends[0])), Bound(normalise(ends[1])))
    lower = _bound(narrow, "ge", "gt", normalise)
    upper = _bound(narrow, "le", "lt", normalise)
    return Narrowing(lower, upper) if lower or upper else None


def _bound(
    narrow: Mapping[str, object], closed: str, opened: str, normalise: Callable[[object], object]
) -> Bound | None:
    for name in (closed, opened):
        if name in narrow:
            return Bound(normalise(narrow[name]), open=name == opened)
    return None


def _check_together(narrow: Mapping[str, object]) -> None:
    for alone in ("between", "begins_with"):
        others = [name for name in narrow if name != alone]
        if alone in narrow and others:
            raise _refused(f"{alone} stands alone, and {' and '.join(others)} is given as well")
    for one, other in (("gt", "ge"), ("lt", "le")):
        if one in narrow and other in narrow:
            raise _refused(f"{one} and {other} are both given, and only one of them can hold")


def _refused(message: str) -> UsageError:
    return UsageError(message, code="KX409")
