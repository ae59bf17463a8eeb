"""ULIDs: 48 bits of time and 80 random bits in 26 characters that sort as text.

The format is that of https://github.com/ulid/spec; python-ulid does the encoding. It is imported on
first use, since importing it costs as much as the rest of this package together.
"""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from ulid import ULID

#: Crockford's base32: no I, L, O and U (https://www.crockford.com/base32.html).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

ULID_LENGTH = 26

#: The first characters are the time, in milliseconds since 1970; Python counts to 32 with other letters.
_TIME_LENGTH = 10
_TO_BASE_32 = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")

_CANONICAL = re.compile(f"[0-7][{ALPHABET}]{{25}}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def parse_ulid(value: str | ULID) -> str:
    """`value` as 26 upper-case characters.

    Lower-case letters count as their upper-case ones. Crockford's decoding aliases (I and L for 1,
    O for 0) are refused: with them, one ULID would have several spellings and so several keys.

    Raises ValueRefused (KX311) naming the character at fault and its position, counted from 1.
    """
    if not isinstance(value, str):
        return _text_of(value)
    text = value.upper() if value.isascii() else value
    if _CANONICAL.fullmatch(text):
        return text
    raise ValueRefused(f"{shorten(value)} is not a ULID: {_fault(value, text)}", code="KX311")


def is_normal_ulid(text: str) -> bool:
    """Whether `parse_ulid` gives back `text` itself."""
    return _CANONICAL.fullmatch(text) is not None


def ulid_time(value: str | ULID) -> datetime:
    """The time inside a ULID: aware, UTC, to the millisecond.

    Raises ValueRefused (KX311) where `value` is no ULID, or its time is after the year 9999, which
    the format allows and `datetime` does not.
    """
    text = parse_ulid(value)
    try:
        return _EPOCH + int(text[:_TIME_LENGTH].translate(_TO_BASE_32), 32) * _MILLISECOND
    except OverflowError:
        raise ValueRefused(f"the time inside {text} is after the year 9999", code="KX311") from None


def new_ulid(at: datetime | None = None) -> str:
    """A new ULID, greater than every one that this process made in the same millisecond.

    at: an aware datetime that becomes the time inside, cut to the millisecond. Without it the time
    is now, or that of the last ULID where the clock has been set back since, so that ULIDs made
    without `at` always ascend, also across threads.

    Raises ValueRefused (KX312) where `at` is naive or before 1970.
    """
    if at is None:
        return _clocked.next(time.time_ns() // 1_000_000, ascending=True)
    return _dated.next(_milliseconds(at), ascending=False)


class _Sequence:
    """Makes ULIDs that ascend within one millisecond."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything, the lock included: a fork may have copied it while it was held."""
        self._lock = Lock()
        self._milliseconds = -1
        self._randomness = 0

    def next(self, milliseconds: int, *, ascending: bool) -> str:
        """The next ULID; `ascending` holds the time where the clock went back."""
        from ulid import ULID

        with self._lock:
            if ascending:
                milliseconds = max(milliseconds, self._milliseconds)
            if milliseconds == self._milliseconds:
                self._randomness += 1
            else:
                # One bit fewer leaves 2**79 increments: more than a process can make.
                self._randomness = int.from_bytes(os.urandom(10)) >> 1
            self._milliseconds = milliseconds
            encoded = milliseconds.to_bytes(6) + self._randomness.to_bytes(10)
        return str(ULID.from_bytes(encoded))


# Times that a caller gives do not move the clock of the others, so each has its own sequence.
_clocked = _Sequence()
_dated = _Sequence()


def _forget_after_fork() -> None:
    _clocked.reset()
    _dated.reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)


def _milliseconds(at: object) -> int:
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise ValueRefused(
            f"a ULID's time is a datetime with a time zone, not {shorten(at)}", code="KX312"
        )
    milliseconds = (at - _EPOCH) // _MILLISECOND
    if milliseconds < 0:
        raise ValueRefused(f"a ULID's time is 1970 or later, not {at.isoformat()}", code="KX312")
    return milliseconds


def _text_of(value: object) -> str:
    from ulid import ULID

    if isinstance(value, ULID):
        return str(value)
    raise ValueRefused(f"a ULID is text, not {type(value).__name__}", code="KX311")


def _fault(given: str, text: str) -> str:
    for position, character in enumerate(text, start=1):
        if character not in ALPHABET:
            return (
                f"{given[position - 1]!r} at position {position} is not in Crockford's alphabet, "
                "which has the digits and the letters without I, L, O and U"
            )
    if len(text) != ULID_LENGTH:
        return f"it has {len(text)} characters instead of {ULID_LENGTH}"
    return f"{text[0]!r} at position 1 is over 7, so the time does not fit 48 bits"
