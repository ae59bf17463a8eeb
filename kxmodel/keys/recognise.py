"""Telling from a stored item's own texts which entity it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def is_recognised(
    equals: Mapping[str, str], prefixes: Mapping[str, str], text_of: Callable[[str], object]
) -> bool:
    """Whether every test of an entity's recognition holds for an item; without tests it does.

    equals: attribute -> the text it has. prefixes: attribute -> the text its text begins with.
    text_of: what the item has at the top under a name: text, or anything else, which fits nothing.
    """
    for name, text in equals.items():
        if text_of(name) != text:
            return False
    for name, prefix in prefixes.items():
        found = text_of(name)
        if not isinstance(found, str) or not found.startswith(prefix):
            return False
    return True
