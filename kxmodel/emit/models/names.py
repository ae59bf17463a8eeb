"""What a generated module imports, and under which name each class may use it.

An attribute called `list` makes ``list[str]`` in the same class mean the attribute, and an entity
called `Page` hides the runtime's. Both are reached under another name then: ``builtins.list``,
``from kxmodel.runtime import Page as _Page``.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.layout import Group, lines, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUNTIME: Final = "kxmodel.runtime"
_SOURCES: Final = {
    "Any": "typing",
    "Decimal": "decimal",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "Self": "typing",
    "Sequence": "collections.abc",
    "TYPE_CHECKING": "typing",
    "TypeAlias": "typing",
    "cast": "typing",
    "Unpack": "typing",
    "datetime": "datetime",
    "timedelta": "datetime",
}


class Names:
    """The names of one module. `taken`: its own classes and aliases."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._own = frozenset(taken)
        self._members: set[str] = set()
        self._used: dict[tuple[str, str, str], bool] = {}
        self.aliased: set[str] = set()
        """Own classes that some class body can reach under their alias only."""

    def reserve(self, members: Iterable[str]) -> None:
        """Note the names of all members of all classes, which no alias may have."""
        self._members.update(members)

    def scope(self, members: Iterable[str] = ()) -> Scope:
        """The names as the body of a class with these members sees them."""
        return Scope(self, frozenset(members))

    def alias(self, name: str) -> str:
        """The other name of something whose own is hidden."""
        alias = f"_{name}"
        while alias in self._own or alias in self._members:
            alias += "_"
        return alias

    def own(self, name: str, hidden: frozenset[str]) -> str:
        """How one of the module's own classes is written where `hidden` are members."""
        if name not in hidden:
            return name
        self.aliased.add(name)
        return self.alias(name)

    def resolve(self, name: str, hidden: frozenset[str], *, run: bool) -> str:
        """How `name` is written where `hidden` are members. run: used when the module runs."""
        shadowed = name in hidden or name in self._own
        if name not in _SOURCES and hasattr(builtins, name):
            if not shadowed:
                return name
            module = self.alias("builtins") if "builtins" in hidden else "builtins"
            self._note("", "builtins", module, run=run)
            return f"{module}.{name}"
        # An own class of that name may need the plain alias itself, where a member hides it.
        local = self.alias(f"{name}_" if name in self._own else name) if shadowed else name
        self._note(_SOURCES.get(name, _RUNTIME), name, local, run=run)
        return local

    def _note(self, module: str, name: str, local: str, *, run: bool) -> None:
        key = (module, name, local)
        self._used[key] = self._used.get(key, False) or run

    def imports(self) -> list[str]:
        """The import statements, as isort sorts them, the typing-only ones apart."""
        checked = [key for key, run in self._used.items() if not run]
        if checked:
            self.resolve("TYPE_CHECKING", frozenset(), run=True)
        made = ["from __future__ import annotations", "", *self._sections(run=True, indent=0)]
        if checked:
            made += ["", "if TYPE_CHECKING:", *self._sections(run=False, indent=4)]
        return made

    def _sections(self, *, run: bool, indent: int) -> list[str]:
        used = [key for key, now in self._used.items() if now is run]
        standard = _statements([k for k in used if k[0] != _RUNTIME], indent, tall=False)
        runtime = _statements([k for k in used if k[0] == _RUNTIME], indent, tall=run)
        return [*standard, *([""] if standard and runtime else []), *runtime]


class Scope:
    """The names as one class body may write them."""

    def __init__(self, names: Names, hidden: frozenset[str]) -> None:
        self._names = names
        self._hidden = hidden

    def __call__(self, name: str, *, run: bool = False) -> str:
        """How to write `name` here. run: the module needs it when it runs, not only for types."""
        return self._names.resolve(name, self._hidden, run=run)

    def own(self, name: str) -> str:
        """How to write the name of one of the module's own classes or aliases here."""
        return self._names.own(name, self._hidden)


def _statements(used: list[tuple[str, str, str]], indent: int, *, tall: bool) -> list[str]:
    """Import statements as isort sorts them: each renamed name has a statement of its own."""
    made: list[tuple[tuple[object, ...], list[str]]] = []
    plain: dict[str, list[str]] = {}
    for module, name, local in used:
        if not module:
            text = f"import {name}" if name == local else f"import {name} as {local}"
            made.append(((0, name, local != name, local), lines(text, indent)))
        elif name == local:
            plain.setdefault(module, []).append(name)
        else:
            text = f"from {module} import {name} as {local}"
            made.append(((1, module, _order(name), local), statement(text, indent)))
    for module, members in plain.items():
        members.sort(key=_order)
        code = Group(f"from {module} import (", tuple(members), ")", tall)
        flat = f"from {module} import {', '.join(members)}"
        short = not tall and indent + len(flat) <= 100
        text_lines = lines(flat if short else code, indent)
        made.append(((1, module, _order(members[0]), ""), text_lines))
    return [line for _, text_lines in sorted(made, key=lambda pair: pair[0]) for line in text_lines]


def _order(name: str) -> tuple[int, str, str]:
    """Where isort puts a name: constants, classes, the rest; case aside."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.lower(), name
