"""JSON as people write it: on one line what fits there, else a member a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kxmodel.values.jsontext import json_text
from kxmodel.values.shown import INVISIBLE

if TYPE_CHECKING:
    import re

_WIDTH: Final = 88


def json_lines(value: object, width: int = _WIDTH) -> str:
    """A JSON value as text; bytes as base64 text. width: characters of a line."""
    return _lines(value, width, 0, 0)


def _lines(value: object, width: int, margin: int, taken: int) -> str:
    """margin: how far the lines after the first are indented. taken: characters of the first line."""
    line = json_line(value)
    comma = 1 if taken else 0
    if (
        taken + len(line) + comma <= width
        or not isinstance(value, Mapping | list | tuple)
        or not value
    ):
        return line
    inner = " " * (margin + 2)
    if isinstance(value, Mapping):
        names = [f"{json_line(str(name))}: " for name in value]
        members = [
            name + _lines(member, width, margin + 2, margin + 2 + len(name))
            for name, member in zip(names, value.values(), strict=True)
        ]
    else:
        members = [_lines(member, width, margin + 2, margin + 2) for member in value]
    first, last = "{}" if isinstance(value, Mapping) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(members) + f"\n{' ' * margin}{last}"


def json_line(value: object) -> str:
    """A JSON value on one line, in which all can be seen; bytes as base64 text."""
    return visible(json_text(value))


def visible(text: str) -> str:
    """JSON with an escape for each character that nobody can see."""
    return INVISIBLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
