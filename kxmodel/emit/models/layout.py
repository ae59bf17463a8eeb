"""Bracketed Python code on one line where it fits, else one item a line: as ruff leaves it.

Ruff keeps what is spread over lines with a trailing comma, so this needs to know nothing of its
finer rules: what might not fit is spread. Linear in the length of the output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kxmodel.emit.text import WIDTH

INDENT: Final = 4

_WIDE: Final = 0x1100
"""From here on a character may take two columns."""


@dataclass(frozen=True)
class Group:
    """``before``, ``items`` between commas, ``after``; the brackets stand in `before` and `after`.

    tall: one item a line even where it would fit, so that a new item is one new line in a diff.
    comma: what follows the last item on one line: a tuple of one has a comma there.
    """

    before: str
    items: tuple[Code, ...]
    after: str
    tall: bool = False
    comma: str = ""
    flat: str | None = field(init=False, repr=False)
    """The code on one line; None where that must not be."""

    def __post_init__(self) -> None:
        flat: str | None = None
        if not self.items:
            flat = self.before + self.after
        elif not self.tall:
            texts = [one_line(item) for item in self.items]
            joined = ", ".join(text for text in texts if text is not None)
            if None not in texts and len(joined) <= WIDTH:
                flat = f"{self.before}{joined}{self.comma}{self.after}"
        object.__setattr__(self, "flat", flat)


Code: TypeAlias = str | Group


def one_line(code: Code) -> str | None:
    """The code on one line, or None."""
    return code if isinstance(code, str) else code.flat


def call(name: str, *items: Code, tall: bool = False) -> Group:
    """``name(items)``."""
    return Group(f"{name}(", items, ")", tall)


def tuple_of(*items: Code, tall: bool = False) -> Group:
    """``(items)``. A tuple of one is never tall: its comma is no wish to be spread."""
    alone = len(items) == 1
    return Group("(", items, ")", tall and not alone, "," if alone else "")


def named(name: str, code: Code, sign: str = "=") -> Code:
    """``name=code``, or with another sign."""
    if isinstance(code, str):
        return f"{name}{sign}{code}"
    return Group(f"{name}{sign}{code.before}", code.items, code.after, code.tall, code.comma)


def lines(code: Code, indent: int = 0, end: str = "") -> list[str]:
    """The code at a depth of `indent` columns, followed by `end`."""
    return _lines(code, " " * indent, end)


def statement(code: Code, indent: int = 0, end: str = "") -> list[str]:
    """The lines of one statement.

    A line that cannot be split further is taken out of the formatter's hands: names and texts of
    any length have one form.
    """
    made = lines(code, indent, end)
    if max(map(width, made)) > WIDTH or _is_doubtful(code, indent):
        made[-1] += "  # fmt: skip"
    return made


def _is_doubtful(code: Code, indent: int) -> bool:
    """Whether a tuple of one is spread that might fit: its columns are not known exactly."""
    if isinstance(code, str) or (code.flat is not None and code.flat.isascii()):
        return False
    if code.comma and code.flat is not None and indent + width(code.flat) >= WIDTH:
        return True
    return any(_is_doubtful(item, indent + INDENT) for item in code.items)


def width(text: str) -> int:
    """An upper bound of the columns that `text` takes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(ord(character) >= _WIDE for character in text)


def _lines(code: Code, pad: str, end: str) -> list[str]:
    if isinstance(code, str):
        return [f"{pad}{code}{end}"]
    if code.flat is not None and (
        not code.items or len(pad) + width(code.flat) + len(end) <= WIDTH
    ):
        return [f"{pad}{code.flat}{end}"]
    made = [f"{pad}{code.before}"]
    inner = pad + " " * INDENT
    for item in code.items:
        made.extend(_lines(item, inner, ","))
    made.append(f"{pad}{code.after}{end}")
    return made
