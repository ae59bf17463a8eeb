"""Cutting a heavy item collection into ranges of sort keys."""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal
from typing import TYPE_CHECKING, Final

from kxmodel.errors import ValueRefused
from kxmodel.migrate.backfill.unit import KeyRange
from kxmodel.values import MAX_SORT_KEY_BYTES, canonical

if TYPE_CHECKING:
    from kxmodel.values import AttributeValue

#: So many characters or bytes behind the common beginning decide where to cut.
_LOOKED_AT: Final = 10
_PRINTABLE: Final = (0x20, 0x7E)
_ALL: Final = (0x00, 0x10FFFF)
_SURROGATES: Final = range(0xD800, 0xE000)


def cut(keys: KeyRange, parts: int) -> list[KeyRange]:
    """The range in at most `parts` ranges that adjoin; in order. parts: rounded down to a power of 2."""
    ranges = [keys]
    while len(ranges) * 2 <= parts:
        halves = [half for one in ranges for half in _halves(one)]
        if len(halves) == len(ranges):
            break
        ranges = halves
    return ranges


def _halves(keys: KeyRange) -> list[KeyRange]:
    middle = between(keys.after, keys.through)
    if middle is None:
        return [keys]
    return [
        KeyRange(keys.hash, keys.after, middle),
        KeyRange(keys.hash, middle, keys.through),
    ]


def between(low: AttributeValue, high: AttributeValue) -> AttributeValue | None:
    """A sort key about halfway, or None where the two are too close. Both are of one type.

    Text is ordered by its UTF-8 bytes, which is the order of its code points; numbers by value.
    """
    if "N" in low:
        a, b = Decimal(low["N"]), Decimal(high["N"])
        middle = Context(prec=30, rounding=ROUND_DOWN).divide(a + b, Decimal(2))
        try:
            return {"N": canonical(middle)} if a < middle < b else None
        except ValueRefused:  # nearer to 0 than any number that can be stored
            return None
    if "B" in low:
        found = _middle(list(bytes(low["B"])), list(bytes(high["B"])), (0, 255))
        raw = bytes(found)[:MAX_SORT_KEY_BYTES]
        return {"B": raw} if bytes(low["B"]) < raw < bytes(high["B"]) else None
    ascii_only = low["S"].isascii() and high["S"].isascii()
    codes = _middle(
        list(map(ord, low["S"])), list(map(ord, high["S"])), _PRINTABLE if ascii_only else _ALL
    )
    text = "".join(chr(0xD7FF if code in _SURROGATES else code) for code in codes)
    text = text.encode()[:MAX_SORT_KEY_BYTES].decode(errors="ignore")
    return {"S": text} if low["S"] < text < high["S"] else None


def _middle(low: list[int], high: list[int], bounds: tuple[int, int]) -> list[int]:
    """Halfway between two sequences of digits from bounds[0] to bounds[1]."""
    first, last = bounds
    base = last - first + 1
    common = 0
    while common < min(len(low), len(high)) and low[common] == high[common]:
        common += 1

    def number(digits: list[int]) -> int:
        total = 0
        for place in range(common, common + _LOOKED_AT):
            digit = digits[place] - first if place < len(digits) else 0
            total = total * base + min(max(digit, 0), base - 1)
        return total

    rest = (number(low) + number(high)) // 2
    tail = []
    for _ in range(_LOOKED_AT):
        rest, digit = divmod(rest, base)
        tail.append(first + digit)
    return high[:common] + tail[::-1]
