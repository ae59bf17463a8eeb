"""The text that a value has inside a key."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values.number import canonical
from kxmodel.values.text import check_text
from kxmodel.values.timestamp import format_timestamp


def scalar_text(value: object) -> str:
    """`value` as it stands in a key.

    Text stands for itself, control characters included, since DynamoDB stores them; a number is
    its plain digits, a boolean ``true`` or ``false``, a datetime the stored form of a timestamp.

    Raises ValueRefused: KX324 for a type that has no place in a key, KX315, KX312 and KX316 for a
    number, datetime or text that cannot be stored.
    """
    if isinstance(value, str):
        return check_text(str.__str__(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return canonical(value)
    if isinstance(value, datetime):
        return format_timestamp(value)
    raise ValueRefused(
        f"{shorten(value)} is {type(value).__name__}, which has no place in a key", code="KX324"
    )
