"""A value in a model file, and where it stands: every complaint names its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from kxmodel.dialect.positions import child
from kxmodel.errors import AdoptError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.dialect.document import Document
    from kxmodel.dialect.text import Json


@dataclass(frozen=True)
class Place:
    """The value at a JSON pointer. All methods raise AdoptError KX710 for what is not as it should be."""

    document: Document
    pointer: str
    value: Json

    def fail(self, message: str, fix: str | None = None) -> NoReturn:
        """Refuse the model because of this value."""
        raise AdoptError(message, where=self.document.location(self.pointer), fix=fix)

    def get(self, name: str) -> Place | None:
        """The member of that name; None where it is absent or null."""
        members = self._object()
        found = members.get(name)
        return None if found is None else self._child(name, found)

    def need(self, name: str) -> Place:
        """The member of that name, which must be there."""
        found = self.get(name)
        if found is None:
            self.fail(f"{name} is missing")
        return found

    def text(self) -> str:
        """The value, which is text."""
        if not isinstance(self.value, str):
            self.fail(f"{shorten(self.value)} is no text")
        return self.value

    def text_at(self, name: str) -> str:
        """The text of a member; "" where it is absent."""
        found = self.get(name)
        return found.text() if found else ""

    def elements(self, name: str) -> Iterator[Place]:
        """The elements of a member that is an array; none where it is absent."""
        found = self.get(name)
        if found is None:
            return
        if not isinstance(found.value, list):
            found.fail(f"{name} is no array")
        for number, element in enumerate(found.value):
            yield found._child(number, element)

    def members(self) -> Iterator[tuple[str, Place]]:
        """The members of the value, which is an object."""
        for name, value in self._object().items():
            yield name, self._child(name, value)

    def choice(self, *allowed: str) -> str:
        """The value, which is one of these texts."""
        text = self.text()
        if text not in allowed:
            self.fail(f"{shorten(text)} is none of {', '.join(allowed)}")
        return text

    def _object(self) -> dict[str, Json]:
        if not isinstance(self.value, dict):
            self.fail(f"{shorten(self.value)} is no object")
        return self.value

    def _child(self, name: str | int, value: Json) -> Place:
        return Place(self.document, child(self.pointer, name), value)
