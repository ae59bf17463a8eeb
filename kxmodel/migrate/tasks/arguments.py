"""Reading what came as JSON from another process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import BackfillError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from kxmodel.values import JSON


def text(value: JSON, name: str) -> str:
    """A text. Raises BackfillError KX628, as all here, naming the argument."""
    if isinstance(value, str) and value:
        return value
    raise _malformed(value, name, "text")


def whole(value: JSON, name: str) -> int:
    """A whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _malformed(value, name, "a whole number")


def members(value: JSON, name: str) -> dict[str, JSON]:
    """An object."""
    if isinstance(value, dict):
        return value
    raise _malformed(value, name, "an object")


def elements(value: JSON, name: str) -> list[JSON]:
    """An array."""
    if isinstance(value, list):
        return value
    raise _malformed(value, name, "an array")


def _malformed(value: JSON, name: str, wanted: str) -> BackfillError:
    return BackfillError(f"{name} is {shorten(value)} and not {wanted}", code="KX628")
