"""Places in a text, and the JSON pointers (RFC 6901) that name the nodes of a document."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kxmodel.errors import Location

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lines:
    """Turns an offset into a text (characters from 0) into a `Location` of its file."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._starts = [0]
        start = text.find("\n")
        while start >= 0:
            self._starts.append(start + 1)
            start = text.find("\n", start + 1)

    def at(self, offset: int) -> Location:
        """Line and column of that offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return Location(self.file, line, offset - self._starts[line - 1] + 1)


def child(pointer: str, part: str | int) -> str:
    """The pointer of a member or element of the node at `pointer`."""
    return f"{pointer}/{escape(part) if isinstance(part, str) else part}"


def join(parts: Iterable[str | int]) -> str:
    """The pointer made of these parts; the empty one names the whole document."""
    pointer = ""
    for part in parts:
        pointer = child(pointer, part)
    return pointer


def split(pointer: str) -> list[str]:
    """The unescaped parts of a pointer. Raises ValueError if it does not begin with ``/``."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(pointer)
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def escape(part: str) -> str:
    """One part of a pointer as it is written."""
    if "~" not in part and "/" not in part:
        return part
    return part.replace("~", "~0").replace("/", "~1")
