"""Reading the arguments of tasks back from JSON."""

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


def texts(value: JSON, name: str) -> dict[str, str]:
    """Texts by name."""
    if isinstance(value, dict) and all(isinstance(inner, str) for inner in value.values()):
        return {key: str(inner) for key, inner in value.items()}
    raise _malformed(value, name, "an object of texts")


def names(value: JSON, name: str) -> tuple[str, ...]:
    """A list of texts."""
    if isinstance(value, list) and all(isinstance(inner, str) for inner in value):
        return tuple(str(inner) for inner in value)
    raise _malformed(value, name, "an array of texts")


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
