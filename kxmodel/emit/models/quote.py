"""Text of a schema as Python literals: never anything but a literal, spelled as ruff spells it."""

from __future__ import annotations

import re
from typing import Final

from kxmodel.emit.text import TYPOGRAPHIC, WIDTH, wrap
from kxmodel.values.shown import INVISIBLE, escape, printable

_TYPOGRAPHIC: Final = re.compile(f"[{''.join(TYPOGRAPHIC)}]")

#: A quote at the end that no backslash escapes yet.
_OPEN_QUOTE: Final = re.compile(r'(?<!\\)(?:\\\\)*"$')


def quote(text: str) -> str:
    """A string literal. Double quotes, unless single ones need fewer escapes."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    mark = "'" if text.count('"') > text.count("'") else '"'
    body = text.replace("\\", "\\\\").replace(mark, f"\\{mark}")
    body = _TYPOGRAPHIC.sub(_escape, INVISIBLE.sub(_escape, body))
    return f"{mark}{body}{mark}"


def docstring(text: str, indent: int, otherwise: str = "") -> list[str]:
    """The lines of a docstring in a block indented by `indent` columns; none for no text.

    otherwise: what it says where `text` says nothing.
    """
    room = WIDTH - indent
    lines = _wrapped(text, room, room - 3)
    if len(lines) == 1 and len(lines[0]) > room - 6:
        lines = _wrapped(text, room, room - 6)
    if not any(lines):
        return docstring(otherwise, indent) if otherwise else []
    pad = " " * indent
    if lines[0].startswith('"'):
        lines[0] = f"\\{lines[0]}"
    if _OPEN_QUOTE.search(lines[-1]):
        lines[-1] = f'{lines[-1][:-1]}\\"'
    if len(lines) == 1:
        return [f'{pad}"""{lines[0]}"""']
    rest = [f"{pad}{line}".rstrip() for line in lines[1:]]
    return [f'{pad}"""{lines[0]}', *rest, f'{pad}"""']


def _wrapped(text: str, room: int, first: int) -> list[str]:
    return _dedent_rest([_safe(line) for line in wrap(text, room, first)])


def _safe(line: str) -> str:
    # What nobody sees is shown as the text of its escape: no terminal takes orders from `help()`,
    # and a class whose docstring holds half a surrogate pair cannot be made at all.
    return printable(line).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _dedent_rest(lines: list[str]) -> list[str]:
    """Lines after the first, moved left together: a formatter would do it otherwise."""
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line]
    margin = min(margins, default=0)
    return [*lines[:1], *(line[margin:] for line in lines[1:])]


def _escape(match: re.Match[str]) -> str:
    return escape(match[0])
