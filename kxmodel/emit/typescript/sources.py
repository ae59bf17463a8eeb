"""The types of what keys are made of, and values put back to where they stand in an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kxmodel.emit.typescript.names import member
from kxmodel.emit.typescript.types import source_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.emit.typescript.scope import Scope
    from kxmodel.ir import Entity

#: Names from the item's root -> what stands there: a text, or more of the same.
Tree: TypeAlias = "dict[str, str | Tree]"


def source_members(scope: Scope, entity: Entity, paths: Mapping[str, bool]) -> list[str]:
    """The members of an object type with these dotted paths: path -> whether it must be given."""
    tree: Tree = {}
    for path, needed in paths.items():
        found = source_type(scope.shape(entity, path))
        _put(tree, path, f": {found}" if needed else f"?: kx.Maybe<{found}>")
    return _members(tree, [path for path, needed in paths.items() if needed])


def object_of(values: Mapping[str, str]) -> str:
    """The expression of an object that has these expressions at these dotted paths."""
    tree: Tree = {}
    for path, text in values.items():
        _put(tree, path, text)
    return _object(tree)


def _put(tree: Tree, path: str, text: str) -> None:
    *outer, last = path.split(".")
    for name in outer:
        inner = tree.setdefault(name, {})
        if not isinstance(inner, dict):
            return  # lint refuses a source inside another one (KX3xx); the outer one stands
        tree = inner
    tree[last] = text


def _members(tree: Tree, needed: Iterable[str]) -> list[str]:
    members = []
    for name, inner in tree.items():
        if isinstance(inner, str):
            members.append(f"readonly {member(name)}{inner}")
            continue
        below = [path[len(name) + 1 :] for path in needed if path.startswith(f"{name}.")]
        nested = f"{{ {'; '.join(_members(inner, below))} }}"
        members.append(
            f"readonly {member(name)}" + (f": {nested}" if below else f"?: kx.Maybe<{nested}>")
        )
    return members


def _object(tree: Tree) -> str:
    members = [
        f"{member(name)}: {inner if isinstance(inner, str) else _object(inner)}"
        for name, inner in tree.items()
    ]
    return f"{{ {', '.join(members)} }}"
