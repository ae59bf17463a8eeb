"""JSON text for people: what is short on one line, the rest one member a line."""

from __future__ import annotations

from typing import Final

from kxmodel.values.jsontext import json_text

#: Columns of a line, unless one text alone is longer.
WIDTH: Final = 100

_INDENT: Final = "  "


def readable(value: object) -> str:
    """The text of a JSON value, numbers exact."""
    return _text(value, "", 0) + "\n"


def _text(value: object, indent: str, used: int) -> str:
    """used: columns that stand before the value on its line."""
    line = json_text(value)
    if used + len(line) < WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + _INDENT
    if isinstance(value, list):
        parts = [inner + _text(each, inner, len(inner)) for each in value]
        return "[\n" + ",\n".join(parts) + f"\n{indent}]"
    members = []
    for name, each in value.items():
        start = f"{inner}{json_text(name)}: "
        members.append(start + _text(each, inner, len(start)))
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"
