"""A narrower schema without functions: what it takes, the schema itself takes.

Calling Python for each format is most of what validating a good item costs. A pattern that takes only
texts of a format, though perhaps not all of them, can be asked first, all of it in native code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.validate.keywords import NAMED, ONE, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY: Final = "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_YEAR: Final = "[1-9][0-9]{3}"
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
_PART: Final = "[a-z0-9_+-]{1,20}"
_LABEL: Final = "[a-z0-9]{1,20}(?:-[a-z0-9]{1,20})?"
_BYTE: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_GROUP: Final = "[0-9A-Fa-f]{1,4}"

#: Format -> a pattern whose texts all are of it. Whatever else may be is left to its function.
PATTERNS: Final[Mapping[str, str]] = {
    "date": f"^{_YEAR}-{_DAY}$",
    "date-time": f"^{_YEAR}-{_DAY}T{_CLOCK}$",
    "e164": r"^\+[1-9][0-9]{6,14}$",
    "email": rf"^{_PART}(?:\.{_PART}){{0,2}}@(?:{_LABEL}\.){{1,3}}[a-z]{{2,20}}$",
    "hostname": rf"^(?:{_LABEL}\.){{0,5}}{_LABEL}$",
    "ipv4": rf"^{_BYTE}(?:\.{_BYTE}){{3}}$",
    "ipv6": f"^{_GROUP}(?::{_GROUP}){{7}}$",
    "lowercase": r"^[ -@\[-~]*$",
    "time": r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])$",
    "timezone": "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$",
    "ulid": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
    "uri": r"^https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[A-Za-z0-9._~-]+)*/?$",
    "uuid": "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
}

#: Where a narrower subschema may make the whole take more: it stays as it is.
_TURNED: Final = frozenset({"contains", "if", "not", "oneOf"})
_LEADING: Final = frozenset({"$dynamicRef", "$ref"})
_ASSERTING: Final = _LEADING | {"format"}


def narrowed(schema: object) -> dict[str, object] | None:
    """The narrower schema, without any format; None for one that would not surely be narrower."""
    if not isinstance(schema, dict):
        return None
    try:
        return _narrow(schema)
    except _CannotError:
        return None


class _CannotError(Exception):
    """There is no narrower schema."""


def _narrow(schema: Mapping[str, object]) -> dict[str, object]:
    made: dict[str, object] = {}
    for keyword, value in schema.items():
        if keyword in _TURNED:
            _check_formats(value)
            made[keyword] = value
        elif keyword in ONE:
            made[keyword] = _narrow(value) if isinstance(value, dict) else value
        elif keyword in SEVERAL and isinstance(value, list | tuple):
            made[keyword] = [_narrow(v) if isinstance(v, dict) else v for v in value]
        elif keyword in NAMED and isinstance(value, dict):
            made[keyword] = {n: _narrow(v) if isinstance(v, dict) else v for n, v in value.items()}
        elif keyword != "format":
            # A keyword that is none here may hold what a `$ref` leads to, and be negated there.
            _check_references(value)
            made[keyword] = value
    name = schema.get("format")
    if isinstance(name, str) and name in PATTERNS:
        also = made.get("allOf")
        made["allOf"] = [*(also if isinstance(also, list) else ()), {"pattern": PATTERNS[name]}]
    return made


def _check_formats(value: object) -> None:
    """Nothing in there asserts a format, and nothing leads to where one has been narrowed."""
    _check_without(value, _ASSERTING)


def _check_references(value: object) -> None:
    """Nothing in there leads to where a format has been narrowed."""
    _check_without(value, _LEADING)


def _check_without(value: object, keywords: frozenset[str]) -> None:
    if isinstance(value, dict):
        if not value.keys().isdisjoint(keywords):
            raise _CannotError
        for inner in value.values():
            _check_without(inner, keywords)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_without(inner, keywords)
