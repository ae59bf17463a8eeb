"""Pieces of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Names in a message before the rest is only counted.
MAX_LISTED = 8


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
