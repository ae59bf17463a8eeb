"""Where a source of a key stands in an item: stored names, joined by dots."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from kxmodel.errors import KeyBuildError
from kxmodel.errors.base import shorten


class Missing(Enum):
    """The type of `MISSING`, so that it narrows."""

    MISSING = "missing"


#: What `lookup` returns where the item has no such attribute. A stored null is None instead.
MISSING: Final = Missing.MISSING


def lookup(values: Mapping[str, object], path: tuple[str, ...]) -> object:
    """The value at `path` in nested mappings, or `MISSING`.

    A null on the way counts as missing. Raises KeyBuildError (KX324) where something else than a
    map stands on the way.
    """
    current: object = values
    for depth, name in enumerate(path):
        if not isinstance(current, Mapping):
            if current is None:
                return MISSING
            raise KeyBuildError(
                f"{'.'.join(path[:depth])} is {shorten(current)} and not a map, "
                f"so it has no {'.'.join(path[depth:])}",
                attribute=".".join(path),
                value=current,
                code="KX324",
            )
        current = current.get(name, MISSING)
        if current is MISSING:
            return MISSING
    return current


def is_absent(value: object) -> bool:
    """Whether a source counts as missing: it is not there, null, or empty text."""
    return value is MISSING or value is None or (isinstance(value, str) and not value)


def nest(flat: Mapping[str, object]) -> dict[str, object]:
    """``{"contactInfo.phone": "+1"}`` as ``{"contactInfo": {"phone": "+1"}}``: what `render` reads.

    Raises KeyBuildError (KX324) where one path leads through the value of another.
    """
    nested: dict[str, object] = {}
    for dotted in sorted(flat):
        *outer, last = dotted.split(".")
        level = nested
        for name in outer:
            inner = level.setdefault(name, {})
            if not isinstance(inner, dict):
                raise KeyBuildError(
                    f"{dotted} is given and so is {name}, which would contain it",
                    attribute=dotted,
                    value=flat[dotted],
                    code="KX324",
                )
            level = inner
        level[last] = flat[dotted]
    return nested
