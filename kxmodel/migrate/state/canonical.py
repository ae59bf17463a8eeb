"""JSON in one form: the same value is the same text, whatever the order of its making."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from kxmodel.values.jsontext import exact_number

#: A JSON value. Numbers that no float holds exactly are Decimals.
Json: TypeAlias = (
    "bool | int | float | Decimal | str | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"
)

_ALGORITHM: Final = "sha256"


def dump(value: object, indent: int | None = None) -> str:
    """A JSON value as text with sorted member names.

    indent: columns a level, for files that people compare; None: no whitespace at all.
    Raises TypeError for what is no JSON value.
    """
    return _dump(value, indent, 0)


def load(text: str) -> Json:
    """The value of a JSON text, each number exactly. Raises ValueError."""
    value: Json = json.loads(text, parse_float=exact_number, parse_constant=_refuse)
    return value


def digest(value: object) -> str:
    """``sha256:`` and the hash of the value's canonical text."""
    return f"{_ALGORITHM}:{hashlib.sha256(dump(value).encode('utf-8')).hexdigest()}"


def is_digest(text: object) -> bool:
    """Whether `text` is what `digest` gives."""
    if not isinstance(text, str):
        return False
    kind, _, hexes = text.partition(":")
    return kind == _ALGORITHM and len(hexes) == 64 and set(hexes) <= set("0123456789abcdef")


def _refuse(text: str) -> None:
    raise ValueError(f"{text} is no JSON number")


def _dump(value: object, indent: int | None, depth: int) -> str:
    if isinstance(value, Mapping):
        members = [
            f"{_text(name)}:{'' if indent is None else ' '}{_dump(value[name], indent, depth + 1)}"
            for name in sorted(value)
        ]
        return _bracketed("{", members, "}", indent, depth)
    if isinstance(value, list | tuple):
        elements = [_dump(element, indent, depth + 1) for element in value]
        return _bracketed("[", elements, "]", indent, depth)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    return json.dumps(value, allow_nan=False)


def _bracketed(before: str, parts: list[str], after: str, indent: int | None, depth: int) -> str:
    if indent is None or not parts:
        return f"{before}{','.join(parts)}{after}"
    pad = " " * (indent * (depth + 1))
    lines = ",\n".join(f"{pad}{part}" for part in parts)
    return f"{before}\n{lines}\n{' ' * (indent * depth)}{after}"


def _text(text: str) -> str:
    return json.dumps(text)
