"""Which texts a part of a key can be: a run of characters of one class after another."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class CharClass:
    """A set of characters: those listed, or, if `negated`, all but those."""

    listed: frozenset[str]
    negated: bool = False

    def __contains__(self, character: str) -> bool:
        return (character in self.listed) is not self.negated


ANY = CharClass(frozenset(), negated=True)
DIGIT = CharClass(frozenset(string.digits))


def one_of(characters: str) -> CharClass:
    """The class of the given characters."""
    return CharClass(frozenset(characters))


class Run(NamedTuple):
    """From `least` to `most` characters of one class; `most` None means any number."""

    chars: CharClass
    least: int = 1
    most: int | None = 1


#: A whole part: its runs, one after another.
Shape = tuple[Run, ...]

#: Any text that is not empty: the shape of a source without a filter.
FREE: Shape = (Run(ANY, 1, None),)


def mask(pattern: str) -> Shape:
    """The shape of a text of one width: ``0`` stands for any digit, the rest for itself."""
    return tuple(Run(DIGIT if c == "0" else one_of(c)) for c in pattern)


def width(shape: Shape) -> int | None:
    """How many characters every text of this shape has, or None where that differs."""
    if any(run.least != run.most for run in shape):
        return None
    return sum(run.least for run in shape)


def fits(shape: Shape, text: str) -> bool:
    """Whether `text` has a shape that has one width."""
    classes = [run.chars for run in shape for _ in range(run.least)]
    return len(text) == len(classes) and all(c in cls for c, cls in zip(text, classes, strict=True))
