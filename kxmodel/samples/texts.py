"""Texts and numbers that a schema allows and people might write."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kxmodel.samples import words
from kxmodel.samples.held import list_of
from kxmodel.samples.pattern import matching
from kxmodel.validate.portable import portable_pattern, python_pattern
from kxmodel.values import format_timestamp
from kxmodel.values.ulid import ALPHABET, ULID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

#: Every made-up time lies in the year after this, so that nothing depends on the day it is made.
FIRST_DAY: Final = datetime(2024, 1, 1, tzinfo=UTC)
_YEAR_MS: Final = 365 * 24 * 3600 * 1000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

#: Numbers where the schema gives no limits.
_SMALL: Final = 1000


def moment(chance: Random, after: datetime = FIRST_DAY) -> datetime:
    """A time within a year after another, to the millisecond."""
    return after + timedelta(milliseconds=chance.randrange(_YEAR_MS))


def ulid(chance: Random, at: datetime) -> str:
    """A ULID with this time inside."""
    number = ((at - _EPOCH) // timedelta(milliseconds=1)) << 80 | chance.getrandbits(80)
    digits = ""
    for _ in range(ULID_LENGTH):
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return digits


def text(chance: Random, schema: Mapping[str, object], name: str, shown: Sequence[object]) -> str:
    """A text for flat keywords. shown: examples, which are taken more often than not."""
    made = ""
    for made in _texts(chance, schema, name, shown):
        if _fits(schema, made):
            return made
    return made


def number(chance: Random, schema: Mapping[str, object], name: str) -> int | float:
    """A number within the limits; with at most two decimals where the schema leaves that open."""
    if re.search(r"(?i)(expire|ttl|_at$|At$)", name) and _limit(schema, "maximum") is None:
        return int(moment(chance).timestamp())
    step = _limit(schema, "multipleOf")
    if step is None:
        step = Decimal(1) if "integer" in list_of(schema.get("type")) else Decimal("0.01")
    low = _limit(schema, "minimum")
    over = _limit(schema, "exclusiveMinimum")
    high = _limit(schema, "maximum")
    under = _limit(schema, "exclusiveMaximum")
    if low is None:
        low = (
            over + step
            if over is not None
            else Decimal(0)
            if high is None or high >= 0
            else high - _SMALL
        )
    if high is None:
        high = under - step if under is not None else low + _SMALL
    first = -(-low // step)
    last = min(high, low + _SMALL * 100) // step
    value = step * chance.randint(int(first), max(int(last), int(first)))
    return int(value) if value == value.to_integral_value() else float(value)


def binary(chance: Random) -> str:
    """A few bytes as base64."""
    return base64.b64encode(bytes(chance.randrange(256) for _ in range(6))).decode("ascii")


@lru_cache(maxsize=1024)
def _searched(pattern: str) -> str:
    return python_pattern(pattern)


@lru_cache(maxsize=1024)
def _is_portable(pattern: str) -> bool:
    return portable_pattern(pattern) is None


def _texts(
    chance: Random, schema: Mapping[str, object], name: str, shown: Sequence[object]
) -> Iterator[str]:
    """Texts, the most believable first."""
    if "contentEncoding" in schema:
        yield binary(chance)
        return
    of_format = _of_format(chance, str(schema.get("format")), name)
    if of_format is not None:
        yield of_format
    examples = [each for each in shown if isinstance(each, str)]
    if examples and chance.random() < 0.7:
        yield chance.choice(examples)
    called = words.by_name(chance, name)
    if called is not None:
        yield called
        yield re.sub(r"[^a-z0-9]+", "-", called.lower())
    yield chance.choice(words.PLAIN)
    for pattern in [schema.get("pattern"), *list_of(schema.get("patterns"))]:
        if isinstance(pattern, str) and _is_portable(pattern):
            yield matching(pattern, chance)
    yield _padded(chance, schema, called or "")


def _of_format(chance: Random, name: str, attribute: str) -> str | None:
    match name:
        case "ulid":
            return ulid(chance, moment(chance))
        case "email":
            return words.email(chance)
        case "e164":
            return words.phone(chance)
        case "date-time":
            return format_timestamp(moment(chance))
        case "date":
            return moment(chance).date().isoformat()
        case "time":
            return f"{chance.randrange(24):02}:{chance.randrange(60):02}:00Z"
        case "uuid":
            digits = f"{chance.getrandbits(128):032x}"
            return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
        case "uri":
            return words.uri(chance, attribute)
        case "ipv4":
            return f"192.0.2.{chance.randrange(256)}"
        case "ipv6":
            return f"2001:db8::{chance.randrange(2**16):x}"
        case "hostname":
            return f"{chance.choice(words.PLAIN)}.example.com"
        case "timezone":
            return chance.choice(("Europe/London", "America/New_York", "Asia/Tokyo"))
        case _:
            return None


def _fits(schema: Mapping[str, object], made: str) -> bool:
    """Whether lengths and patterns allow the text."""
    least, most = _limit(schema, "minLength"), _limit(schema, "maxLength")
    if len(made) < (1 if least is None else least) or (most is not None and len(made) > most):
        return False
    patterns = [schema.get("pattern"), *list_of(schema.get("patterns"))]
    return all(re.search(_searched(p), made) for p in patterns if isinstance(p, str))


def _padded(chance: Random, schema: Mapping[str, object], start: str) -> str:
    """Small letters, as many as the lengths allow."""
    least, most = _limit(schema, "minLength"), _limit(schema, "maxLength")
    wanted = max(int(least or 1), min(len(start), 8), 1)
    letters = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(wanted))
    return letters if most is None else letters[: int(most)]


def _limit(schema: Mapping[str, object], keyword: str) -> Decimal | None:
    found = schema.get(keyword)
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        return None
    return Decimal(repr(found)) if isinstance(found, float) else Decimal(found)
