"""Bracketed Python code on one line where it fits, else one item a line: as ruff leaves it.

Ruff keeps what is spread over lines with a trailing comma, so this needs to know nothing of its
finer rules: what might not fit is spread. Linear in the length of the output.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from kxmodel.emit.text import WIDTH

INDENT: Final = 4

_WIDE: Final = 0x1100
"""From here on a character may take two columns."""


class Group:
    """``before``, ``items`` between commas, ``after``; the brackets stand in `before` and `after`.

    tall: one item a line even where it would fit, so that a new item is one new line in a diff.
    comma: what follows the last item on one line: a tuple of one has a comma there.
    flat: the code on one line; None where that must not be.
    """

    # Generated code is made of hundreds of them for each class: no dataclass, which is slower to fill.
    __slots__ = ("after", "before", "comma", "flat", "items", "tall")

    def __init__(
        self,
        before: str,
        items: tuple[Code, ...],
        after: str,
        tall: bool = False,
        comma: str = "",
    ) -> None:
        self.before: Final = before
        self.items: Final = items
        self.after: Final = after
        self.tall: Final = tall
        self.comma: Final = comma
        self.flat: Final = None if tall and items else self._on_one_line()

    def _on_one_line(self) -> str | None:
        texts: list[str] = []
        for item in self.items:
            text = item if isinstance(item, str) else item.flat
            if text is None:
                return None
            texts.append(text)
        joined = ", ".join(texts)
        if len(joined) > WIDTH:
            return None
        return f"{self.before}{joined}{self.comma if texts else ''}{self.after}"


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
