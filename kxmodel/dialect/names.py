"""Stored names -> Python names, and the names that are taken."""

from __future__ import annotations

import keyword
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.reserved import MAP_MEMBERS, MODEL_MEMBERS
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from kxmodel.dialect.node import Node

_LOWER_UPPER: Final = re.compile(r"([a-z0-9])([A-Z])")
_ACRONYM: Final = re.compile(r"([A-Z]+)([A-Z][a-z])")
_SEPARATOR: Final = re.compile(r"[-. ]+")
_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

#: Not keywords, but a constructor with such a parameter could not be written.
_SELF: Final = frozenset({"self", "cls"})


@lru_cache(maxsize=4096)
def snake_case(name: str) -> str:
    """``tenantId`` -> ``tenant_id``, ``GSI1PK`` -> ``gsi1_pk``; a keyword gains ``_``."""
    parted = _ACRONYM.sub(r"\1_\2", _LOWER_UPPER.sub(r"\1_\2", _SEPARATOR.sub("_", name)))
    lower = parted.lower()
    return f"{lower}_" if keyword.iskeyword(lower) or lower in _SELF else lower


def pascal_case(name: str) -> str:
    """``contactInfo`` and ``contact_info`` -> ``ContactInfo``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[-. _]+", name))


def module_name(table: str) -> str:
    """The stem of the module that is generated for the table of that name."""
    name = snake_case(table)
    return f"t_{name}" if name[:1].isdigit() else name


def is_identifier(name: str) -> bool:
    """Whether it is an ASCII identifier that is no keyword."""
    return _IDENTIFIER.fullmatch(name) is not None and not keyword.iskeyword(name)


def class_name(node: Node, name: str) -> str:
    """The class name for what is called `name` at `node`. Raises SchemaError (KX121)."""
    made = pascal_case(name)
    if not is_identifier(made) or made.startswith("_"):
        node.fail(f"{shorten(name)} does not make a Python class name", "KX121", at_name=True)
    return made


class Namespace:
    """The names of one class: each may be taken once."""

    def __init__(self, owner: str, reserved: frozenset[str]) -> None:
        self.owner = owner
        self._reserved = reserved
        self._taken: dict[str, str] = {}

    @classmethod
    def of_entity(cls, name: str) -> Namespace:
        """The namespace of an entity's class."""
        return cls(name, MODEL_MEMBERS)

    @classmethod
    def of_structure(cls, name: str) -> Namespace:
        """The namespace of a nested structure's class."""
        return cls(name, MAP_MEMBERS)

    def attribute(self, node: Node, stored: str, given: str | None) -> str:
        """Take the Python name of a stored attribute; `given` is its x-kx-name.

        Raises SchemaError (KX120, KX121, KX122).
        """
        name = given or snake_case(stored)
        if not is_identifier(name):
            what = shorten(given or stored)
            node.fail(f"{what} does not make a Python identifier", "KX121", at_name=True)
        self.take(node, name, f"the attribute {shorten(stored)}")
        return name

    def take(self, node: Node, name: str, what: str) -> None:
        """Take a name for `what`, e.g. ``the index 'GSI1'``. Raises SchemaError (KX120, KX122)."""
        if name in self._reserved or name.startswith("__"):
            node.fail(
                f"{what} would be called {name}, which {self.owner} needs itself",
                "KX122",
                at_name=True,
            )
        if name in self._taken:
            node.fail(
                f"{what} and {self._taken[name]} of {self.owner} would both be called {name}",
                "KX120",
                at_name=True,
            )
        self._taken[name] = what


class ClassNames:
    """The class names of one module: entities and nested structures."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def free(self, name: str) -> bool:
        """Whether nothing has that name yet."""
        return name not in self._taken

    def take(self, node: Node, name: str, *, at_name: bool = True) -> None:
        """Take a class name. Raises SchemaError (KX120, KX121)."""
        if not is_identifier(name):
            node.fail(f"{shorten(name)} is no name for a Python class", "KX121", at_name=at_name)
        if name in self._taken:
            node.fail(
                f"two classes would be called {name}: here and at {self._taken[name]}",
                "KX120",
                at_name=at_name,
            )
        self._taken[name] = str(node.location)
