"""Names for what a source left without a usable one: entities, new attributes, Python names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.names import is_identifier, snake_case
from kxmodel.dialect.reserved import MODEL_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters of a name that is made here.
_LONGEST: Final = 60

_APART: Final = re.compile(r"[^A-Za-z0-9]+")
_HUMP: Final = re.compile(r"[a-z0-9][A-Z]")


def entity_name(text: str, fallback: str = "Item") -> str:
    """A class name in PascalCase from any text."""
    parts = [part for part in _APART.split(text) if part]
    words = [part if _HUMP.search(part) or not part.isupper() else part.lower() for part in parts]
    name = "".join(word[:1].upper() + word[1:] for word in words)[:_LONGEST]
    while name[:1].isdigit():
        name = name[1:]
    name = name[:1].upper() + name[1:]
    return name if is_identifier(name) else fallback


def snake_name(text: str, fallback: str) -> str:
    """A name in snake_case from any text."""
    name = "_".join(part for part in _APART.split(snake_case(text)) if part).lower()[:_LONGEST]
    name = name.strip("_").lstrip("0123456789_")
    return name if name and is_identifier(name) else fallback


def camel_name(text: str, fallback: str) -> str:
    """A name in camelCase from any text."""
    first, *rest = snake_name(text, fallback).split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def prefers_camel(names: Iterable[str]) -> bool:
    """Whether most names with several words are written in camelCase."""
    several = [name for name in names if _HUMP.search(name) or "_" in name.strip("_")]
    return sum("_" not in name for name in several) * 2 > len(several)


def fresh(name: str, taken: Iterable[str]) -> str:
    """`name`, with a number behind it if it is taken."""
    used = set(taken)
    if name not in used:
        return name
    return next(f"{name}{n}" for n in range(2, len(used) + 3) if f"{name}{n}" not in used)


class PythonNames:
    """The Python names of one entity: indexes, attributes, patterns."""

    def __init__(self, indexes: Iterable[str]) -> None:
        self._taken = {*indexes, *MODEL_MEMBERS}

    def attribute(self, stored: str) -> tuple[str, bool]:
        """The Python name of an attribute, and whether it must be said in the schema."""
        name = snake_case(stored)
        if is_identifier(name) and not name.startswith("__") and name not in self._taken:
            self._taken.add(name)
            return name, False
        return self.take(snake_name(stored, "attribute")), True

    def take(self, name: str) -> str:
        """A free name like this one."""
        found = fresh(name, self._taken)
        while not is_identifier(found):
            found = fresh(f"{found}_", self._taken)
        self._taken.add(found)
        return found
