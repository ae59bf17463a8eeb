"""Timestamps: ISO 8601 in UTC with milliseconds and ``Z``, as the tables store them.

That one form has a fixed width, so that its order as text is the order in time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten

# A calendar date and a time of day, in extended or basic format, with an offset. Python's own parser
# does the rest; it alone would also take week dates, any separator, and from 3.13 on an hour 24.
# Text, not compiled, since few programs meet it: `re` keeps what is used, and importing costs nothing.
_SHAPE = r"""(?x)
    (?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?
        |[0-9]{8}[Tt ](?:[01][0-9]|2[0-3])[0-9]{2}(?:[0-9]{2}(?:[.,][0-9]+)?)?)
        (?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"""
_DATE_ONLY = r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}"


def now() -> datetime:
    """The current time in UTC, cut to the millisecond, so that storing it changes nothing."""
    return _cut(datetime.now(UTC))


def parse_timestamp(text: str) -> datetime:
    """`text` as an aware datetime in UTC, cut to the millisecond.

    Takes a calendar date and a time of day in ISO 8601: extended or basic format, ``T`` or a space
    between them, seconds optional, any number of decimals, ``Z`` or an offset.

    Raises ValueRefused (KX312) for anything else: no offset, a date alone, a day that does not
    exist, a leap second, or a time that is outside the years 1 to 9999 in UTC.
    """
    if not isinstance(text, str):
        raise _refused(text, "it is not text")
    if looks_stored(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise _refused(text, str(error)) from None
    shape = re.fullmatch(_SHAPE, text)
    if shape is None:
        reason = "it has no time of day" if re.fullmatch(_DATE_ONLY, text) else "it is not ISO 8601"
        raise _refused(text, reason)
    if shape["offset"] is None:
        raise _refused(text, "it has neither Z nor an offset, so its instant is not known")
    try:
        return _in_utc(datetime.fromisoformat(text.upper()))
    except ValueError as error:
        raise _refused(text, str(error)) from None
    except OverflowError:
        raise _refused(text, "in UTC it is outside the years 1 to 9999") from None


def format_timestamp(at: datetime) -> str:
    """`at` as ``2024-01-15T10:30:00.000Z``: 24 ASCII characters. What is finer is cut off.

    Raises ValueRefused (KX312) for a naive datetime, and for one outside the years 1 to 9999 in
    UTC.
    """
    if not isinstance(at, datetime):
        raise _refused(at, "it is no datetime")
    if at.utcoffset() is None:
        raise _refused(at, "it has no time zone, so its instant is not known")
    try:
        return _in_utc(at).isoformat(timespec="milliseconds")[:-6] + "Z"
    except OverflowError:
        raise _refused(at, "in UTC it is outside the years 1 to 9999") from None


def looks_stored(text: str) -> bool:
    """Whether a text has the length and the marks of the form that is stored.

    Then Python's parser takes it only if the rest are the digits of a time: nothing is to be converted.
    """
    marks = len(text) == 24 and text[4:20:3] == "--T::." and text[23] == "Z"
    return marks and text[11:13] < "24"


def instant_of(value: str | datetime) -> datetime:
    """The instant that `value` is stored as: aware, UTC, cut to the millisecond.

    Raises as `parse_timestamp` and `format_timestamp`.
    """
    if not isinstance(value, datetime):
        return parse_timestamp(value)
    if value.tzinfo is UTC and type(value) is datetime:
        return _cut(value) if value.microsecond % 1000 else value
    return parse_timestamp(format_timestamp(value))


def normalise_timestamp(value: str | datetime) -> str:
    """`value` in the one form that is stored. Raises as `parse_timestamp` and `format_timestamp`."""
    return format_timestamp(value if isinstance(value, datetime) else parse_timestamp(value))


def _in_utc(at: datetime) -> datetime:
    return _cut(at.astimezone(UTC))


def _cut(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _refused(value: object, reason: str) -> ValueRefused:
    return ValueRefused(f"{shorten(value)} is not a timestamp: {reason}", code="KX312")
