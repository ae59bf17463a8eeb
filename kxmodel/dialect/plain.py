"""Values of a schema as plain Python values: what the ir holds and emitters print."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.dialect.text import Json
    from kxmodel.ir import JsonScalar


def plain(value: Json) -> object:
    """The value with each Decimal as float where that loses no digit; otherwise unchanged."""
    match value:
        case Decimal():
            return plain_number(value)
        case list():
            return [plain(element) for element in value]
        case dict():
            return {name: plain(member) for name, member in value.items()}
        case _:
            return value


def plain_number(value: Decimal) -> float | Decimal:
    """A float where its shortest form has the same digits, else the Decimal."""
    near = float(value)
    return near if math.isfinite(near) and Decimal(repr(near)) == value else value


def scalar(value: Json) -> JsonScalar:
    """A JSON scalar, numbers with a fraction as float; None for arrays and objects."""
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float | bool) else None
