"""How wide text is, without asking a font: what is drawn here must fit on every machine."""

from __future__ import annotations

from typing import Final

from kxmodel.values.shown import printable

#: Font sizes of text and of code, in pixels.
TEXT: Final = 13
CODE: Final = 12
#: Bold code is of this width, were it not bold.
CODE_BOLD: Final = 12.5

#: A cell's width in ems. The fixed-width fonts in use take 0.55 (Consolas) to 0.602 (DejaVu, Menlo).
_MONO: Final = 0.61
#: Letters of proportional fonts by width in ems, after DejaVu Sans's, the widest in use.
_WIDTHS: Final = {
    **dict.fromkeys("ijl.,:;'|! ", 0.34),
    **dict.fromkeys('frt()[]/\\-"`', 0.46),
    **dict.fromkeys("csvxyzJk", 0.6),
    **dict.fromkeys("mwMW@%OQGD+=<>~", 1.0),
}
_UPPER_CASE: Final = 0.74
_ANY: Final = 0.65
_SQUARE: Final = 1.1
#: Where scripts begin whose characters take two cells (Hangul Jamo; CJK, kana and emoji come later).
#: Punctuation, arrows and symbols between U+2000 and U+2E7F take one.
_TWO_CELLS: Final = 0x1100
_SYMBOLS: Final = range(0x1E00, 0x2E80)


def cells(words: str) -> int:
    """The cells that text takes in a fixed-width font, counted rather too high than too low."""
    return sum(2 if ord(c) >= _TWO_CELLS and ord(c) not in _SYMBOLS else 1 for c in words)


def code_width(words: str, size: float = CODE) -> float:
    """Pixels of one line of code."""
    return cells(words) * _MONO * size


def text_width(words: str, size: float = TEXT) -> float:
    """Pixels of one line of text in the reader's own font, counted rather too high than too low."""
    return sum(_em(c) for c in words) * size


def cut(words: str, most: int) -> str:
    """`words` on one line in at most `most` cells, an ellipsis in place of what does not fit."""
    shown = printable(" ".join(words.split()))
    if cells(shown) <= most:
        return shown
    kept, used = [], 1
    for character in shown:
        used += cells(character)
        if used > most:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "\u2026"


def fitting(words: str, width: float, size: float = TEXT) -> str:
    """`words` cut to `width` pixels of text."""
    shown = cut(words, 10_000)
    if text_width(shown, size) <= width:
        return shown
    kept, used = "", _em("\u2026") * size
    for character in shown:
        used += _em(character) * size
        if used > width:
            break
        kept += character
    return kept.rstrip() + "\u2026"


def wrapped(words: str, width: float, size: float = TEXT, most: int = 2) -> list[str]:
    """`words` in lines of `width` pixels, at most so many; the last is cut where there is more."""
    left = cut(words, 10_000).split(" ")
    lines: list[str] = []
    while left and len(lines) < most - 1:
        taken = 1
        while taken < len(left) and text_width(" ".join(left[: taken + 1]), size) <= width:
            taken += 1
        lines.append(fitting(" ".join(left[:taken]), width, size))
        del left[:taken]
    return [*lines, fitting(" ".join(left), width, size)] if left else lines


def _em(character: str) -> float:
    if cells(character) == 2:
        return _SQUARE
    return _WIDTHS.get(character, _UPPER_CASE if character.isupper() else _ANY)
