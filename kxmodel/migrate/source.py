"""Values as Python source, laid out as ruff lays it out. Output is ASCII, so a column is a character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

WIDTH: Final = 100
_INDENT: Final = 4


@dataclass(frozen=True)
class Group:
    """``before``, the parts between commas, ``after``; tall: one part a line in any case."""

    before: str
    parts: tuple[Code, ...]
    after: str
    tall: bool = False
    comma: str = ""
    """What follows the last part on one line: a tuple of one has a comma there."""

    @property
    def flat(self) -> str | None:
        """The code on one line, or None where that must not be."""
        if not self.parts:
            return self.before + self.after
        flats = [part if isinstance(part, str) else part.flat for part in self.parts]
        if self.tall or None in flats:
            return None
        return f"{self.before}{', '.join(map(str, flats))}{self.comma}{self.after}"


Code: TypeAlias = str | Group


def literal(value: object) -> Code:
    """A plain value: JSON, tuples included. Raises TypeError for anything else."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Mapping):
        return Group("{", tuple(named(quote(k), literal(v), ": ") for k, v in value.items()), "}")
    if isinstance(value, tuple):
        return Group("(", tuple(map(literal, value)), ")", comma="," if len(value) == 1 else "")
    if isinstance(value, Sequence):
        return Group("[", tuple(map(literal, value)), "]")
    if isinstance(value, Decimal):
        return f"Decimal({quote(str(value))})"
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    raise TypeError(f"a {type(value).__name__} has no literal")


def quote(text: str) -> str:
    """A string literal in double quotes, unless single ones need fewer escapes."""
    mark = "'" if text.count('"') > text.count("'") else '"'
    body = ascii(text)[1:-1].replace("\\'", "'").replace(mark, f"\\{mark}")
    return f"{mark}{body}{mark}"


def named(name: str, code: Code, sign: str = "=") -> Code:
    """``name=code``, or with another sign between."""
    if isinstance(code, str):
        return f"{name}{sign}{code}"
    return Group(f"{name}{sign}{code.before}", code.parts, code.after, code.tall, code.comma)


def lines(code: Code, indent: int = 0, end: str = "") -> list[str]:
    """The code at a depth of `indent` columns, followed by `end`."""
    pad = " " * indent
    flat = code if isinstance(code, str) else code.flat
    if isinstance(code, str) or (
        flat is not None and (not code.parts or indent + len(flat) + len(end) <= WIDTH)
    ):
        return [f"{pad}{flat}{end}"]
    inner = [line for part in code.parts for line in lines(part, indent + _INDENT, ",")]
    return [f"{pad}{code.before}", *inner, f"{pad}{code.after}{end}"]
