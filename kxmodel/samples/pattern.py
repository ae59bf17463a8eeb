"""Text that matches a `pattern`, in the portable part of regular expressions.

See `kxmodel.validate.portable` for that part. Whoever calls this checks the text.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

#: Repetitions of what may be repeated without end.
_MORE: Final = 6
_ANY: Final = string.ascii_lowercase + string.digits
_CONTROLS: Final = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
#: What a class that excludes characters is filled from, the plain ones first.
_PRINTABLE: Final = _ANY + string.ascii_uppercase + "-_. /:@+"


def matching(pattern: str, chance: Random) -> str:
    """A text for a portable pattern; where the pattern is not anchored, nothing stands around it."""
    return _Writer(pattern, chance).alternatives()


class _Writer:
    """Reads the pattern from left to right and writes one text for it."""

    def __init__(self, pattern: str, chance: Random) -> None:
        self._pattern = pattern
        self._chance = chance
        self._at = 0

    def alternatives(self) -> str:
        """One of the alternatives up to the closing bracket or the end."""
        texts = [""]
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                self._at += 1
                texts.append("")
                continue
            texts[-1] += self._repeated()
        return self._chance.choice(texts)

    def _repeated(self) -> str:
        start = self._at
        text = self._atom()
        end = self._at
        least, most = self._counts()
        count = least if least == most else self._chance.randint(least, most)
        after = self._at
        made = text if count else ""
        for _ in range(count - 1):
            self._at = start
            made += self._atom()
            assert self._at == end
        self._at = after
        return made

    def _atom(self) -> str:
        character = self._pattern[self._at]
        if character == "(":
            self._at += 3 if self._pattern.startswith("(?:", self._at) else 1
            text = self.alternatives()
            self._at += 1
            return text
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        self._at += 1
        return "" if character in "^$" else character

    def _counts(self) -> tuple[int, int]:
        rest = self._pattern[self._at : self._at + 1]
        found = (1, 1)
        if rest in ("*", "+", "?") and rest:
            self._at += 1
            found = {"*": (0, _MORE), "+": (1, _MORE), "?": (0, 1)}[rest]
        elif rest == "{":
            end = self._pattern.index("}", self._at)
            low, comma, high = self._pattern[self._at + 1 : end].partition(",")
            self._at = end + 1
            least = int(low)
            found = (least, int(high) if high else least + _MORE if comma else least)
        else:
            return found
        if self._pattern[self._at : self._at + 1] == "?":
            self._at += 1
        return found

    def _escape(self) -> str:
        letter = self._pattern[self._at + 1]
        if letter in "xu":
            end = self._at + (4 if letter == "x" else 6)
            text = chr(int(self._pattern[self._at + 2 : end], 16))
            self._at = end
            return text
        self._at += 2
        return _CONTROLS.get(letter, letter)

    def _class(self) -> str:
        negated = self._pattern.startswith("[^", self._at)
        self._at += 2 if negated else 1
        ranges: list[tuple[str, str]] = []
        while self._pattern[self._at] != "]":
            low = self._member()
            high = low
            if self._pattern[self._at] == "-" and self._pattern[self._at + 1] != "]":
                self._at += 1
                high = self._member()
            ranges.append((low, high))
        self._at += 1
        if negated:
            allowed = [c for c in _PRINTABLE if not any(a <= c <= b for a, b in ranges)]
            return self._chance.choice(allowed or ["\u00e9"])
        low, high = self._chance.choice(ranges)
        return chr(self._chance.randint(ord(low), ord(high)))

    def _member(self) -> str:
        if self._pattern[self._at] == "\\":
            return self._escape()
        self._at += 1
        return self._pattern[self._at - 1]
