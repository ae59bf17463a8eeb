"""Pieces of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Names in a message before the rest is only counted.
MAX_LISTED = 8
#: Characters of a message or a fix; only texts of a hostile schema are longer.
MAX_LENGTH = 1000


def listed(names: Iterable[str], last: str = "and") -> str:
    """``'a', 'b' and 'c'``; of many names the first few, and how many more there are."""
    every = list(names)
    shown = [shorten(name) for name in every[:MAX_LISTED]]
    if len(every) > MAX_LISTED:
        shown.append(f"{len(every) - MAX_LISTED} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def plural(count: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def be(names: Sequence[object]) -> str:
    """``is`` for one name, ``are`` for several."""
    return "is" if len(names) == 1 else "are"


def printable(text: str) -> str:
    """The text on one line: what cannot be seen (controls, marks of direction) as its escape.

    Names and templates of a schema reach a terminal through here.
    """
    whole = text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"
    if whole.isprintable():
        return whole
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in whole)
