"""What the readers of text share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: A record is read up to this many bytes (of a line) or characters. An item takes at most 400 KB;
#: its JSON may be 6 times as long where every character is escaped, and some for the types' names.
MAX_RECORD: Final = 16 * 1024 * 1024

BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one record, or why there is none.

    line: where it begins, from 1. last: nothing after it could be read. entity: the one in whose list it
    stands; empty where it stands in none.
    """

    line: int
    text: str = ""
    fault: str = ""
    last: bool = False
    entity: str = ""
