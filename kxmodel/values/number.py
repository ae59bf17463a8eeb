"""Numbers, exact, as DynamoDB holds them.

The limits are those of "Supported data types and naming rules in Amazon DynamoDB", section Number:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten

#: Significant digits, and the powers of ten of the first one.
MAX_DIGITS = 38
MIN_EXPONENT = -130
MAX_EXPONENT = 125

# Text, not compiled: `re` keeps what is used, and importing costs nothing.
_WRITTEN = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?"
_MAX_WRITTEN = 1000
_LARGEST = 10 ** (MAX_EXPONENT + 1)
_PLAIN = 10**MAX_DIGITS

# Raises instead of rounding. The other one is wide enough to round only where `quantize` says.
_EXACT = Context(prec=MAX_DIGITS, traps=[Inexact])
_WIDE = 4 * MAX_DIGITS
_STRICT = Context(prec=_WIDE, traps=[Inexact])
_ROUNDING = Context(prec=_WIDE, rounding=ROUND_HALF_EVEN, traps=[])


def to_decimal(value: float | Decimal | str) -> Decimal:
    """`value` as the decimal number that is meant: a float counts as its shortest digits.

    Takes int, float, Decimal, and text of ASCII digits with an optional sign, point and exponent.
    Raises ValueRefused (KX315) for a bool, NaN, an infinity, and what is no number.
    """
    if isinstance(value, bool):
        raise _refused(value, "it is a truth value")
    if isinstance(value, int):
        if not -_LARGEST < value < _LARGEST:
            raise ValueRefused(
                f"an integer of over {MAX_EXPONENT + 1} digits is not a number for DynamoDB",
                code="KX315",
            )
        return Decimal(value)
    if isinstance(value, float):
        # float.__repr__, because subclasses such as numpy's print themselves differently.
        number = Decimal(float.__repr__(value))
    elif isinstance(value, Decimal):
        number = value
    elif isinstance(value, str):
        if len(value) > _MAX_WRITTEN or not re.fullmatch(_WRITTEN, value):
            raise _refused(value, "it is not digits with a sign, a point and an exponent")
        number = Decimal(value)
    else:
        raise _refused(value, f"it is {type(value).__name__}")
    if not number.is_finite():
        raise _refused(value, "it is not finite")
    return number


def canonical(value: float | Decimal | str) -> str:
    """The one text of a number: plain digits, no exponent, no superfluous zeros, ``0`` for -0.

    Raises ValueRefused (KX315) as `to_decimal` does, and for more than 38 significant digits or a
    magnitude outside 1E-130 to 9.99E+125, which DynamoDB refuses.
    """
    if type(value) is int and -_PLAIN < value < _PLAIN:
        return str(value)
    return format(shortest(value), "f")


def shortest(value: float | Decimal | str) -> Decimal:
    """`value` as a Decimal without trailing zeros. Raises as `canonical` does."""
    number = to_decimal(value)
    if not number:
        return Decimal(0)
    if not MIN_EXPONENT <= number.adjusted() <= MAX_EXPONENT:
        raise _refused(value, "its magnitude is outside 1E-130 to 9.99E+125")
    try:
        return number.normalize(_EXACT)
    except Inexact:
        raise _refused(value, f"it has more than {MAX_DIGITS} significant digits") from None


def pad(value: float | Decimal | str, width: int, decimals: int, *, rounding: bool) -> str:
    """`value` as text of one width whose order is the order of the numbers, e.g. ``0042.50``.

    width: digits before the point. decimals: digits after it; with 0 there is no point. Both together at most 38.
    rounding: round what does not fit the decimals, half to even, instead of refusing it.

    Raises ValueRefused (KX318) for a negative number (zero apart), for one that needs more than
    `width` digits, also after rounding, and for excess decimals; KX315 as `to_decimal` does.
    """
    number = to_decimal(value)
    form = f"{'0' * width}.{'0' * decimals}" if decimals else "0" * width
    if number < 0:
        raise _does_not_fit(value, form, "it is negative")
    if number and number.adjusted() >= width:
        raise _does_not_fit(value, form, f"it has more than {width} digits before the point")
    step = Decimal((0, (1,), -decimals))
    try:
        fitted = number.quantize(step, context=_ROUNDING if rounding else _STRICT)
    except Inexact:
        raise _does_not_fit(value, form, f"it has more than {decimals} decimals") from None
    text = format(abs(fitted), "f").zfill(len(form))
    if len(text) > len(form):
        raise _does_not_fit(value, form, f"rounded, it has more than {width} digits")
    return text


def _refused(value: object, reason: str) -> ValueRefused:
    return ValueRefused(f"{shorten(value)} is not a number for DynamoDB: {reason}", code="KX315")


def _does_not_fit(value: object, form: str, reason: str) -> ValueRefused:
    return ValueRefused(f"{shorten(value)} does not fit {form}: {reason}", code="KX318")
