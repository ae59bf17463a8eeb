"""JSON read strictly: exact numbers, no name twice, nothing that RFC 8259 does not know."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NoReturn

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values.number import to_decimal

if TYPE_CHECKING:
    from decimal import Decimal

#: As many characters of a number, sign, point and exponent included, hold at most 15 digits or lose
#: none: IEEE 754 keeps 15 decimal digits of every number.
_SHORT: Final = 15


class NotJson(ValueError):
    """The text is no JSON; the message says why."""


def decode(text: str) -> object:
    """The value of a JSON text; a number keeps every digit. Raises NotJson.

    A name given twice in an object is refused: RFC 8259, section 4, lets software take either.
    """
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        # From JSON Lines, every record is one line: the place in it is the column.
        raise NotJson(f"is no JSON: {error.msg} at {_at(error)}") from None
    except RecursionError:
        raise NotJson("is nested too deeply to be an item") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("holds a number of more digits than can be read") from None


def _at(error: json.JSONDecodeError) -> str:
    if error.lineno == 1:
        return f"column {error.colno}"
    return f"line {error.lineno} of it, column {error.colno}"


def _number(text: str) -> float | Decimal:
    short = float(text)
    if len(text) <= _SHORT and abs(short) < 1e300:
        return short
    try:
        exact = to_decimal(text)
        return short if to_decimal(short) == exact else exact
    except ValueRefused as error:
        raise NotJson(f"holds a number that DynamoDB does not take: {error.message}") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = counts.most_common(1)[0][0]
        raise NotJson(f"has the name {shorten(twice)} twice in one object")
    return made


def _constant(name: str) -> NoReturn:
    raise NotJson(f"holds {name}, which JSON does not have")


_DECODER: Final = json.JSONDecoder(
    parse_float=_number, parse_constant=_constant, object_pairs_hook=_object
)
