"""Plain JSON values as Python literals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.emit.models.layout import Group, named
from kxmodel.emit.models.quote import quote
from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from kxmodel.emit.models.layout import Code
    from kxmodel.emit.models.names import Scope

_DIGITS = 1000
"""Python reads integers of up to 4,300 decimal digits from source."""


def literal(value: object, scope: Scope) -> Code:
    """A JSON value. Objects of objects stand one member a line, small ones on one line.

    Numbers that no float holds exactly become a Decimal. Raises UsageError KX024 for what is no
    JSON value.
    """
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Mapping):
        items = tuple(named(quote(str(k)), literal(v, scope), ": ") for k, v in value.items())
        return Group("{", items, "}", tall=any(_is_nested(v) for v in value.values()))
    if isinstance(value, list | tuple):
        elements = tuple(literal(element, scope) for element in value)
        return Group("[", elements, "]", tall=any(_is_nested(v) for v in value))
    return scalar(value, scope)


def scalar(value: object, scope: Scope) -> str:
    """A number, boolean, null or text."""
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int) and value.bit_length() < _DIGITS * 3:
        return repr(int(value))
    if isinstance(value, float) and math.isfinite(value):
        return _float(value)
    if isinstance(value, Decimal) and value.is_finite():
        near = float(value)
        if math.isfinite(near) and Decimal(repr(near)) == value:
            whole = value.as_tuple().exponent == 0 and abs(near) < 2**53
            return repr(int(value)) if whole else _float(near)
        return f"{scope('Decimal', run=True)}({quote(str(value))})"
    raise UsageError(f"a {type(value).__name__} of this size has no literal", code="KX024")


def _float(value: float) -> str:
    return repr(float(value)).replace("e+", "e")


def _is_nested(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and any(
        isinstance(element, Mapping | list | tuple) for element in value
    )
