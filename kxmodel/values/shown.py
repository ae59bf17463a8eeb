"""Text shown to people: what cannot be seen, or reorders what is, is written as an escape. Pure."""

from __future__ import annotations

import re
from typing import Final

#: Characters that a reader cannot see or that reorder what he sees: controls, separators, bidi
#: controls (Unicode Annex 9, https://www.unicode.org/reports/tr9/), zero widths, tags, surrogates
#: and noncharacters. A fixed list, so that the Unicode version of the machine changes nothing.
INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001fffe\U0001ffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    """`text` on one line, each character that cannot be seen as its escape, e.g. ``\\x00``."""
    return INVISIBLE.sub(lambda match: escape(match[0]), text)


def escape(character: str) -> str:
    """The escape of one character in the notation that Python and JSON Schema authors know."""
    code = ord(character)
    if code <= 0xFF:
        return {0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t"}.get(code, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
