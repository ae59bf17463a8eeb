"""The filters of key templates: one declared object each, and the table of them."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys.scalar import scalar_text
from kxmodel.keys.shape import DIGIT, CharClass, Run, Shape, mask, one_of
from kxmodel.values.number import MAX_DIGITS, canonical, pad
from kxmodel.values.phone import is_e164, normalise_phone
from kxmodel.values.timestamp import normalise_timestamp, parse_timestamp

#: A filter of a placeholder applied to a value; raises ValueRefused.
Apply = Callable[[object], str]
#: The way back, from a key's text to the filter's input; None if the filter cannot have made it.
Undo = Callable[[str], "str | None"]


@dataclass(frozen=True)
class Filter:
    """A filter with its argument, as it stands in a template.

    lossy: different values can give one text, so that `undo` returns what is left of them.
    undo: given a text of the filter's shape.
    shape: the texts that come out, given the texts that go in.
    default: the text that a missing source counts as; only `default` has one.
    """

    name: str
    argument: str | None
    lossy: bool = field(compare=False)
    apply: Apply = field(compare=False, repr=False)
    undo: Undo = field(compare=False, repr=False)
    shape: Callable[[Shape], Shape] = field(compare=False, repr=False)
    default: str | None = field(default=None, compare=False)


class FilterKind(NamedTuple):
    """One row of the table. `bind` reads an argument; a ValueError of it says what is wrong."""

    name: str
    grammar: str
    summary: str
    bind: Callable[[str | None], Filter]


_PAD = r"([1-9][0-9]?)(?:\.(0|[1-9][0-9]?))?(,round)?"
_DATE_LENGTHS = {"year": 4, "month": 7, "day": 10, "hour": 13}
_DATE_MASK = "0000-00-00T00"
_MAX_SHARDS = 1_000_000


def _bind_default(argument: str | None) -> Filter:
    if not argument:
        raise ValueError("it needs a value")
    return Filter(
        "default",
        argument,
        lossy=False,
        apply=scalar_text,
        undo=lambda text: text,
        shape=lambda before: before,
        default=argument,
    )


def _bind_pad(argument: str | None) -> Filter:
    match = re.fullmatch(_PAD, argument or "")
    if match is None:
        raise ValueError("it needs a number of digits")
    width, decimals, rounding = int(match[1]), int(match[2] or 0), match[3] is not None
    if width + decimals > MAX_DIGITS:
        raise ValueError(f"DynamoDB's numbers have at most {MAX_DIGITS} digits")

    def apply(value: object) -> str:
        return pad(_number(value), width, decimals, rounding=rounding)

    def undo(text: str) -> str | None:
        number = text.lstrip("0")
        return canonical(number if number[:1].isdigit() else "0" + number)

    out = mask("0" * width + ("." + "0" * decimals if decimals else ""))
    return Filter("pad", argument, rounding, apply, undo, lambda _: out)


def _number(value: object) -> int | float | Decimal | str:
    """A number, or text that is one in its only spelling: two spellings would share a key."""
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, str) and canonical(value) == value:
        return value
    raise ValueRefused(f"pad takes numbers, not {shorten(value)}", code="KX324")


def _bind_date(argument: str | None) -> Filter:
    length = _DATE_LENGTHS.get(argument or "")
    if length is None:
        raise ValueError("it needs the unit to cut after")

    def apply(value: object) -> str:
        if not isinstance(value, str | datetime):
            raise ValueRefused(f"date takes timestamps, not {shorten(value)}", code="KX324")
        return normalise_timestamp(value)[:length]

    def undo(text: str) -> str | None:
        try:
            parse_timestamp(text + "0001-01-01T00:00:00Z"[length:])
        except ValueRefused:
            return None
        return text

    return Filter("date", argument, True, apply, undo, lambda _: mask(_DATE_MASK[:length]))


def _bind_case(
    name: str, change: Callable[[str], str], never: str
) -> Callable[[str | None], Filter]:
    def changed(chars: CharClass) -> CharClass:
        if chars.negated:
            return CharClass(chars.listed | frozenset(never), negated=True)
        return one_of("".join(map(change, chars.listed)))

    def shape(before: Shape) -> Shape:
        return tuple(Run(changed(run.chars), run.least, run.most) for run in before)

    def bind(argument: str | None) -> Filter:
        if argument is not None:
            raise ValueError("it takes no argument")
        return Filter(
            name,
            argument,
            lossy=True,
            apply=lambda value: change(scalar_text(value)),
            undo=lambda text: text if change(text) == text else None,
            shape=shape,
        )

    return bind


def _bind_e164(argument: str | None) -> Filter:
    if argument is not None and not re.fullmatch(r"[A-Z]{2}", argument):
        raise ValueError("a region is two capital letters")

    def apply(value: object) -> str:
        if not isinstance(value, str):
            raise ValueRefused(f"e164 takes text, not {shorten(value)}", code="KX324")
        return normalise_phone(value, argument)

    out = (Run(one_of("+")), Run(one_of("123456789")), Run(DIGIT, 6, 14))
    return Filter(
        "e164", argument, False, apply, lambda text: text if is_e164(text) else None, lambda _: out
    )


def _bind_shard(argument: str | None) -> Filter:
    if not re.fullmatch(r"[1-9][0-9]{0,6}", argument or "") or int(argument or 0) > _MAX_SHARDS:
        raise ValueError(f"it needs a number of shards from 1 to {_MAX_SHARDS:,}")
    count = int(argument or 0)
    digits = len(str(count - 1))

    def apply(value: object) -> str:
        # SHA-256 and not hash(), which differs from process to process.
        digest = sha256(scalar_text(value).encode()).digest()
        return str(int.from_bytes(digest[:8]) % count).zfill(digits)

    return Filter(
        "shard",
        argument,
        lossy=True,
        apply=apply,
        undo=lambda text: text if int(text) < count else None,
        shape=lambda _: mask("0" * digits),
    )


#: The table of filters, by name.
FILTERS: dict[str, FilterKind] = {
    kind.name: kind
    for kind in (
        FilterKind(
            "default",
            "default:VALUE",
            "A missing or null source counts as VALUE. Comes first.",
            _bind_default,
        ),
        FilterKind(
            "pad",
            "pad:W, pad:W.D or pad:W.D,round",
            "A number with W digits before the point and D after it, so that text sorts by number.",
            _bind_pad,
        ),
        FilterKind(
            "date",
            "date:year, date:month, date:day or date:hour",
            "A timestamp in UTC, cut after the unit.",
            _bind_date,
        ),
        FilterKind(
            "lower",
            "lower",
            "Text in lower case.",
            _bind_case("lower", str.lower, string.ascii_uppercase),
        ),
        FilterKind(
            "upper",
            "upper",
            "Text in upper case.",
            _bind_case("upper", str.upper, string.ascii_lowercase),
        ),
        FilterKind(
            "e164",
            "e164 or e164:REGION",
            "A phone number in E.164; REGION reads numbers without country code, e.g. US.",
            _bind_e164,
        ),
        FilterKind(
            "shard",
            "shard:N",
            "One of N numbers, always the same for the same value, to spread a heavy key.",
            _bind_shard,
        ),
    )
}
