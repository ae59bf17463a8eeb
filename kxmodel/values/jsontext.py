"""JSON with every digit: what `json` reads and writes, and Decimals and binary as well. Pure."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation


def json_text(value: object, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """The text of plain JSON; a Decimal is a number with all its digits, bytes are base64 text.

    indent: columns of a level; None: one line. ascii_only: everything else as escapes. Raises TypeError
    for what is no JSON.
    """
    try:
        return json.dumps(value, indent=indent, ensure_ascii=ascii_only, default=_base64)
    except _HasDecimal:
        return _text(value, indent, ascii_only, 0)


def json_value(text: str | bytes) -> object:
    """What JSON text says, each number with all its digits. Raises ValueError."""
    value: object = json.loads(text, parse_float=exact_number)
    return value


def exact_number(text: str) -> float | Decimal:
    """A number with a fraction or an exponent: a float where that keeps every digit, else a Decimal."""
    near = float(text)
    try:
        exact = Decimal(text)
    except InvalidOperation:  # its exponent has some twenty digits
        return near
    return near if Decimal(repr(near)) == exact else exact


class _HasDecimal(Exception):
    """What `json.dumps` cannot write."""


def _base64(value: object) -> str:
    if isinstance(value, Decimal):
        raise _HasDecimal
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"{type(value).__name__} is no JSON")


def _text(value: object, indent: int | None, ascii_only: bool, depth: int) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        inner = [
            f"{json.dumps(name, ensure_ascii=ascii_only)}: "
            f"{_text(member, indent, ascii_only, depth + 1)}"
            for name, member in value.items()
        ]
        return _enclosed("{}", inner, indent, depth)
    if isinstance(value, list | tuple):
        inner = [_text(member, indent, ascii_only, depth + 1) for member in value]
        return _enclosed("[]", inner, indent, depth)
    return json.dumps(value, ensure_ascii=ascii_only, default=_base64)


def _enclosed(ends: str, inner: list[str], indent: int | None, depth: int) -> str:
    first, last = ends[0], ends[1]
    if indent is None or not inner:
        return f"{first}{', '.join(inner)}{last}"
    margin = "\n" + " " * indent * (depth + 1)
    return f"{first}{margin}{f',{margin}'.join(inner)}\n{' ' * indent * depth}{last}"
