"""A cursor into a document: a value that knows its place and can complain about it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NoReturn

from kxmodel.dialect.positions import child
from kxmodel.errors import Location, SchemaError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kxmodel.dialect.document import Document
    from kxmodel.dialect.text import Json


class Node:
    """The value at a JSON pointer of a document.

    The typed readers (`text`, `flag`, `members`...) take what the meta-schema has already let
    pass, so that a wrong type reads as absent rather than raising again.
    """

    # Reading makes thousands of them for each table: no dataclass, which is slower to fill.
    __slots__ = ("document", "pointer", "value")

    def __init__(self, document: Document, pointer: str, value: Json) -> None:
        self.document: Final = document
        self.pointer: Final = pointer
        self.value: Final = value

    @property
    def location(self) -> Location:
        """Where the value stands."""
        return self.document.location(self.pointer)

    @property
    def key_location(self) -> Location:
        """Where the member's name stands."""
        return self.document.location(self.pointer, name=True)

    @property
    def identity(self) -> tuple[str, str]:
        """What tells this node from every other: file and pointer."""
        return (str(self.document.path), self.pointer)

    @property
    def place(self) -> str:
        """The pointer, with the file's prefix if it is not the table's own; see `Document`."""
        return self.document.prefix + self.pointer

    def get(self, name: str) -> Node | None:
        """The member of that name, or None."""
        if isinstance(self.value, dict) and name in self.value:
            return Node(self.document, child(self.pointer, name), self.value[name])
        return None

    def has(self, name: str) -> bool:
        """Whether the object has a member of that name."""
        return isinstance(self.value, dict) and name in self.value

    def members(self, name: str | None = None) -> Iterator[tuple[str, Node]]:
        """The members of this object, or of the object at its member `name`, in order."""
        node = self if name is None else self.get(name)
        if node and isinstance(node.value, dict):
            for key, value in node.value.items():
                yield key, Node(node.document, child(node.pointer, key), value)

    def elements(self, name: str) -> Iterator[Node]:
        """The elements of the array at member `name`."""
        node = self.get(name)
        if node:
            yield from node.all_elements()

    def all_elements(self) -> Iterator[Node]:
        """The elements of this array."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, child(self.pointer, index), value)

    def text(self, name: str, default: str = "") -> str:
        """The string at member `name`."""
        node = self.get(name)
        return node.value if node and isinstance(node.value, str) else default

    def flag(self, name: str, default: bool = False) -> bool:
        """The boolean at member `name`."""
        node = self.get(name)
        return node.value if node and isinstance(node.value, bool) else default

    def strings(self, name: str) -> tuple[str, ...]:
        """The strings of the array at member `name`."""
        return tuple(n.value for n in self.elements(name) if isinstance(n.value, str))

    def fail(
        self,
        message: str,
        code: str,
        *,
        fix: str | None = None,
        at_name: bool = False,
        offset: int = 0,
    ) -> NoReturn:
        """Raise SchemaError at this node.

        at_name: at the member's name. offset: characters into the value's text.
        """
        where = self.document.location(self.pointer, name=at_name, offset=offset)
        raise SchemaError(message, code=code, where=where, fix=fix)


def suggestion(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the nearest of the known names, or nothing."""
    # difflib is quadratic in the length: a hostile name of megabytes must not reach it.
    near = get_close_matches(name[:100], [k for k in known if k != name], n=1, cutoff=0.6)
    return f"; did you mean {shorten(near[0])}?" if near else ""


def listed(names: Sequence[str]) -> str:
    """The names for a message, at most twelve of them."""
    shown = ", ".join(shorten(name) for name in names[:12])
    return f"{shown}, ..." if len(names) > 12 else shown or "none"
