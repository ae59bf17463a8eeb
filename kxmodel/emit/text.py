"""Prose for people, whatever a schema's author wrote: cleaned, wrapped, counted. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Columns of generated text.
WIDTH: Final = 100

#: Typographic characters that linters take for ASCII ones, and how prose spells them.
TYPOGRAPHIC: Final = {
    "\u00b4": "'",
    "\u00d7": "x",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u2212": "-",
}

_SPELLED: Final = str.maketrans(TYPOGRAPHIC)
_BULLET: Final = re.compile(r"( {0,8})([-*+]|\d{1,3}[.)]) +(?=\S)")
_AS_IT_STANDS: Final = re.compile(r" {4}|\|")


def prose(text: str) -> str:
    """`text` with LF line ends, no tabs and ASCII for typographic marks; nothing around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).translate(_SPELLED)
    # Whoever runs doctest over generated modules must not run what a schema says.
    return text.replace(">>>", "> > >").strip()


def wrap(text: str, width: int, first: int | None = None) -> list[str]:
    """The lines of `text`, each at most `width` columns unless one word is longer.

    Paragraphs stay paragraphs, list items stay items with their lines hanging, and what is
    indented by four, fenced, or a table row stays as it is. first: the width of the first line.
    """
    lines: list[str] = []
    for initial, hanging, words in _blocks(prose(text).split("\n")):
        if hanging is None:
            lines.append(initial.rstrip())
            continue
        room = width if lines or first is None else first
        lines.extend(_fill(words, initial, hanging, room, width))
    return lines


def sentence(text: str) -> str:
    """`text` with a full stop at its end, unless it has a stop of its own."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", ":", "`.")) else f"{text}."


def enumerate_words(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, str | None, list[str]]]:
    """(text before the first line, before the others, words); verbatim lines have no `others`."""
    block: tuple[str, str, list[str]] | None = None
    fenced = False
    blank = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        verbatim = fenced or fence or (block is None and _AS_IT_STANDS.match(line) is not None)
        bullet = None if verbatim else _BULLET.match(line)
        if block is not None and (verbatim or bullet is not None or not line.strip()):
            yield block
            block = None
        if verbatim:
            yield line, None, []
        elif bullet is not None:
            block = (bullet[0], " " * len(bullet[0]), line[bullet.end() :].split())
        elif not line.strip():
            if not blank:
                yield "", None, []
        elif block is None:
            block = ("", "", line.split())
        else:
            block[2].extend(line.split())
        blank = not line.strip() and not verbatim
        fenced = fenced is not fence
    if block is not None:
        yield block


def _fill(words: list[str], initial: str, hanging: str, first: int, width: int) -> Iterator[str]:
    line, empty, room = initial, True, first
    for word in words:
        if not empty and len(line) + 1 + len(word) > room:
            yield line
            line, empty, room = hanging, True, width
        line += word if empty else f" {word}"
        empty = False
    yield line.rstrip()
