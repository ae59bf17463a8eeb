"""Which characters a text can have that matches a `pattern`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.keys.shape import ANY, CharClass, one_of
from kxmodel.validate import portable_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING: Final = CharClass(frozenset())

_CONTROLS: Final = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}


def both(one: CharClass, other: CharClass) -> CharClass:
    """The characters that are in both classes."""
    if one.negated and other.negated:
        return CharClass(one.listed | other.listed, negated=True)
    if one.negated:
        return CharClass(other.listed - one.listed)
    if other.negated:
        return CharClass(one.listed - other.listed)
    return CharClass(one.listed & other.listed)


def either(one: CharClass, other: CharClass) -> CharClass:
    """The characters that are in one of the classes, or in both."""
    return _complement(both(_complement(one), _complement(other)))


def alphabet(pattern: str) -> CharClass:
    """The characters that a text can have if it matches `pattern` (a portable one).

    That is all characters the pattern mentions where it covers the whole text, from ``^`` to ``$``;
    anything else says nothing about the rest of the text, and gives every character.
    """
    if portable_pattern(pattern) is not None:
        return ANY
    pieces = list(_pieces(pattern))
    if len(pieces) < 2 or pieces[0] != "^" or pieces[-1] != "$" or _alternates(pieces):
        return ANY
    found = NOTHING
    for piece in pieces:
        if isinstance(piece, CharClass):
            found = either(found, piece)
    return found


def _complement(chars: CharClass) -> CharClass:
    return CharClass(chars.listed, negated=not chars.negated)


def _alternates(pieces: list[CharClass | str]) -> bool:
    """Whether a ``|`` stands outside every group: it would part ``^`` from ``$``."""
    depth = 0
    for piece in pieces:
        if piece == "|" and not depth:
            return True
        depth += (piece == "(") - (piece == ")")
    return False


def _pieces(pattern: str) -> Iterator[CharClass | str]:
    """The characters that a portable pattern mentions, and its ``^``, ``$``, ``|`` and brackets."""
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            mentioned, at = _escaped(pattern, at)
            yield one_of(mentioned)
        elif character == "[":
            chars, at = _class(pattern, at)
            yield chars
        elif character == "{":
            at = pattern.index("}", at) + 1
        elif character in "^$|)":
            yield character
            at += 1
        elif character == "(":
            yield character
            at += 3 if pattern.startswith("(?:", at) else 1
        else:
            if character not in "*+?":
                yield one_of(character)
            at += 1


def _class(pattern: str, at: int) -> tuple[CharClass, int]:
    """The class that begins at `at`, and where it ends."""
    negated = pattern.startswith("[^", at)
    at += 2 if negated else 1
    listed: set[str] = set()
    while pattern[at] != "]":
        low, at = _member(pattern, at)
        if pattern[at] == "-" and pattern[at + 1] != "]":
            high, at = _member(pattern, at + 1)
            listed.update(map(chr, range(ord(low), ord(high) + 1)))
        else:
            listed.add(low)
    return CharClass(frozenset(listed), negated), at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    return _escaped(pattern, at) if pattern[at] == "\\" else (pattern[at], at + 1)


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    """The character that the escape at `at` stands for, and where it ends."""
    letter = pattern[at + 1]
    if letter in "xu":
        end = at + (4 if letter == "x" else 6)
        return chr(int(pattern[at + 2 : end], 16)), end
    return _CONTROLS.get(letter, letter), at + 2
