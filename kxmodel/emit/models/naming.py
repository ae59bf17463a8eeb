"""The names of generated modules, classes and constants."""

from __future__ import annotations

import keyword
import re
from typing import Final

from kxmodel.dialect.names import module_name, snake_case
from kxmodel.errors import UsageError
from kxmodel.values.shown import printable

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
#: Windows keeps the first for devices; the last is what every module of the package imports from `__future__`.
_TAKEN: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|annotations")

#: Names that the generated code cannot spare and type checkers know by their very name.
RESERVED: Final = frozenset({"TYPE_CHECKING", "cls", "self"})


def pascal(text: str) -> str:
    """``lead status`` -> ``LeadStatus``; capitals stay. Empty for a text without ASCII letters."""
    joined = "".join(word[0].upper() + word[1:] for word in _WORD.findall(text))
    return joined.lstrip("0123456789")


def constant(class_name: str) -> str:
    """``OrderLine`` -> ``ORDER_LINE``."""
    return snake_case(class_name).upper()


def module_stem(table: str) -> str:
    """The name of a table's module: ``kxgen.messages-v2`` -> ``kxgen_messages_v2``.

    No module of ours begins with an underscore but our own, and a name that is taken elsewhere
    gains one at its end.
    """
    stem = module_name(table).strip("_")
    stem = module_name(stem or "table")
    return f"{stem}_" if _TAKEN.fullmatch(stem) else stem


def free(name: str, taken: set[str], suffix: str = "") -> str:
    """`name`, or with `suffix` and then a number where it is taken; it is taken from then on."""
    found = name if name not in taken else f"{name}{suffix}"
    number = 2
    while found in taken:
        found, number = f"{name}{suffix}{number}", number + 1
    taken.add(found)
    return found


def check_identifier(name: str, what: str) -> None:
    """Raises UsageError KX025 unless `name` can stand in generated code."""
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name) or name in RESERVED:
        raise UsageError(f"{what} cannot be called {printable(name)!r} in Python", code="KX025")
