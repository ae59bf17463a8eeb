"""Text of a schema in TypeScript: a literal or a comment, never code."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kxmodel.emit.text import WIDTH, wrap
from kxmodel.values.shown import INVISIBLE, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The integers that a double keeps, and so a number literal.
MAX_SAFE: Final = 2**53 - 1

# A tag would mean something to TypeScript (``@ts-ignore``) or to editors (``@deprecated``).
_TAG: Final = re.compile(r"(?<![A-Za-z0-9._%+-])@(?=[A-Za-z])")


def quote(text: str) -> str:
    """A string literal in double quotes."""
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{INVISIBLE.sub(_escape, body)}"'


def literal(value: object) -> str:
    """A scalar as an expression. A number that no double keeps is an object of its digits."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int) and abs(value) <= MAX_SAFE:
        return str(value)
    if isinstance(value, float):
        return json.dumps(value)
    assert isinstance(value, int | Decimal)
    return f"{{ value: {quote(str(value))} }}"


def comment(paragraphs: Iterable[str], indent: int = 0) -> list[str]:
    """The lines of a doc comment; none where there is nothing to say."""
    room = WIDTH - indent - 3
    text = "\n\n".join(part for part in paragraphs if part.strip())
    lines = [_safe(line) for line in wrap(text, room)] if text.strip() else []
    pad = " " * indent
    if not any(lines):
        return []
    if len(lines) == 1 and len(lines[0]) <= room - 4:
        return [f"{pad}/** {lines[0]} */"]
    return [f"{pad}/**", *(f"{pad} * {line}".rstrip() for line in lines), f"{pad} */"]


def _safe(line: str) -> str:
    shown = printable(line).replace("*/", "*\\/").replace("/*", "/\\*")
    return _TAG.sub(r"\\@", shown)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"
