"""Values of sources, in Python and in the form in which they travel to Node."""

from __future__ import annotations

import base64
import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.ir import Scalar
from kxmodel.values import (
    canonical,
    is_e164,
    normalise_email,
    normalise_phone,
    normalise_timestamp,
    parse_ulid,
)

if TYPE_CHECKING:
    from kxmodel.ir import Shape

TEXTS = st.one_of(
    st.text(max_size=6),
    st.text("ab#-$x/:Zé\U0001f600\ud800", max_size=6),
    st.sampled_from(["", "a", "A#b", "a-", "İ", "ΑΣ", "ß", "x" * 1030, "é" * 1030, "1.50", "1.5"]),
)
WORDS = st.text("abc-é", min_size=1, max_size=3)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=1000 * (at.microsecond // 1000))
)
STAMPS = st.one_of(
    MOMENTS,
    MOMENTS.map(lambda at: at.isoformat()),
    st.from_regex(
        r"(2024-0[0-3]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,7})?)?"
        r"|(0001|2023|9999)(01|02|12)(28|29|31)T[0-2][0-9][0-5][0-9]([0-5][0-9])?)"
        r"([Zz]|[+-][0-2][0-9](:?[0-5][0-9])?)?",
        fullmatch=True,
    ),
)
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(0, 10**4).map(lambda number: round(number, 2)),
    st.decimals(0, 10**10, allow_nan=False, places=3),
    st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
        lambda number: len(str(number)) < 900
    ),
    st.sampled_from([Decimal("0.05"), Decimal("0.15"), Decimal("999999999.99995"), -0.0, 10**38]),
)
PHONES = st.sampled_from(
    [
        "+19545550123",
        "+19545550123",
        "+491711234567",
        "+41446681800",
        "044 668 18 00",
        "+1 (954) 555-0123",
        "x",
    ]
)
ULIDS = st.sampled_from(["01HQZ73ZH04X9T2N6WAB7CDEFG", "01hqz73zh04x9t2n6wab7cdefg"])
EMAILS = st.sampled_from(
    ["ada@example.com", "Ada@Example.COM", " joe#1@example.com", "ö.E\u0301@example.com"]
)
ANYTHING = st.one_of(
    *(TEXTS, NUMBERS, STAMPS, PHONES, st.booleans(), st.none()),
    *(st.just({}), st.just([1]), st.just({"n": "y"})),
)


def values_of(shape: Shape | None) -> st.SearchStrategy[Any]:
    """Values for a source of this shape: good ones, and some that a key refuses."""
    if not isinstance(shape, Scalar):
        return ANYTHING
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "ulid": ULIDS,
        "email": EMAILS,
        "phone": PHONES,
        "timestamp": MOMENTS,
        "boolean": st.booleans(),
        "binary": st.binary(max_size=4),
        "ttl": st.integers(0, 10**10),
        "text": st.sampled_from(shape.choices) if shape.choices else WORDS | TEXTS,
    }
    found = kinds.get(shape.kind, NUMBERS)
    return st.one_of(*[found] * 8, st.sampled_from([None, True, "", 1, [1]]))


def as_stored(shape: Shape | None, value: object) -> object:
    """The value as a write keeps it: what Python's key functions are given.

    Raises ValueRefused where the TypeScript functions refuse: a telephone number that is not E.164.
    """
    if not isinstance(shape, Scalar):
        return value
    if shape.kind == "phone" and value not in (None, "") and isinstance(value, str):
        if not is_e164(value):
            raise ValueRefused("not in E.164", code="KX314")
        return normalise_phone(value)
    change: Any = {
        "ulid": parse_ulid,
        "email": normalise_email,
        "timestamp": normalise_timestamp,
        "text": str.lower if shape.lower else None,
    }.get(shape.kind)
    if change is None or not isinstance(value, str | datetime):
        return value
    try:
        return change(value)
    except ValueRefused:
        return value


def travelling(value: object) -> object:
    """The value as `driver.mjs` reads it. Integers and decimals that no double keeps are tagged."""
    if isinstance(value, dict):
        return {name: travelling(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [travelling(inner) for inner in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return {"$date": value.isoformat(timespec="milliseconds")}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, Decimal):
        return {"$exact": str(value)}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]}
    if isinstance(value, int) and abs(value) > 2**53:
        return {"$bigint": str(value)}
    return value


def arrived(value: object) -> object:
    """What Python has for a result, as `driver.mjs` writes it."""
    if isinstance(value, dict):
        return {name: arrived(inner) for name, inner in value.items()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return {"$number": canonical(value)}
    return value
