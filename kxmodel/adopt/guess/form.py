"""The form of a key: a constant text, text with a constant beginning, or anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

#: A word and the delimiter after it, with something behind them: ``ORDER#`` of ``ORDER#42``, and
#: ``#META#`` of ``#META#42``. A space or a digit first is no constant but a value.
_BEGINNING: Final = re.compile(r"[#:|/~]?([A-Za-z][A-Za-z0-9_.-]*?)[#:|/~]+(?=[^#:|/~])")

#: Delimiters between the parts of a key, the usual one first.
DELIMITERS: Final = ("#", "|", ":", "/", "~")

#: What items about a thing itself are often called.
_SELVES: Final = frozenset({"meta", "metadata", "profile", "info", "config", "details", "root"})
_KIND: Final = re.compile(r"(?i)(type|kind|entity|typename|model|class)$")
_CAPITALS: Final = re.compile(r"#?[A-Z][A-Z_]{3,}#?")


@dataclass(frozen=True)
class Form:
    """text: what the keys begin with, or all of it where it is `constant`."""

    text: str = ""
    constant: bool = False

    def meets(self, other: Form) -> bool:
        """Whether a key may have both forms."""
        if self.constant and other.constant:
            return self.text == other.text
        if self.constant:
            return self.text.startswith(other.text)
        if other.constant:
            return other.text.startswith(self.text)
        return self.text.startswith(other.text) or other.text.startswith(self.text)

    def joined(self, other: Form) -> Form:
        """The narrowest form that both have."""
        if self == other:
            return self
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(self.text, other.text, strict=False))
        return Form(whole_parts("".join(one for one, _ in pairs)))

    @property
    def words(self) -> list[str]:
        """The words of the constant text."""
        return re.findall(r"[A-Za-z][A-Za-z0-9]*", self.text)


def form_of(value: object, known: Container[object] = ()) -> Form:
    """The form that one key shows by itself. A number or binary key has none.

    known: values of the item's attributes. A word that is among them is a value in the key as well.
    """
    found = _BEGINNING.match(value) if isinstance(value, str) else None
    return Form() if found is None or found[1] in known else Form(found[0])


def names_kind(attribute: str) -> bool:
    """Whether an attribute of this name says of which kind an item is."""
    return _KIND.search(attribute) is not None


def seems_constant(text: str) -> bool:
    """Whether a whole sort key reads like a name for the item itself, as ``PROFILE`` does."""
    return text.lower().strip("#") in _SELVES or _CAPITALS.fullmatch(text) is not None


def whole_parts(text: str) -> str:
    """`text` up to its last delimiter."""
    end = max(text.rfind(delimiter) for delimiter in DELIMITERS)
    return text[: end + 1]
