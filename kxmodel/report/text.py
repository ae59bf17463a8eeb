"""Text from items on its way to people: numbers in words, nothing that steers a terminal."""

from __future__ import annotations


def visible(text: str) -> str:
    """`text` with every character escaped that is not printed as itself.

    That takes in line ends, terminal controls, and marks that turn the direction of text.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def plural(count: int, word: str, words: str = "") -> str:
    """``1 item``, ``1,234 items``."""
    return f"{count:,} {word if count == 1 else words or f'{word}s'}"


def percent(part: int, whole: int) -> str:
    """A share to read: never ``0 %`` of something nor ``100 %`` of not all."""
    if not whole or not part:
        return "0 %"
    if part == whole:
        return "100 %"
    share = 100 * part / whole
    return "< 0.1 %" if share < 0.1 else "> 99.9 %" if share > 99.9 else f"{share:.1f} %"
