"""The formats that there are: our own, and those that installed packages bring."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from kxmodel.emit.emitter import Emitter
from kxmodel.errors import ExportError

#: Packages bring emitters by entry points of this group, e.g. ``ddl = "my_package:EMITTER"``.
GROUP: Final = "kxmodel.emitters"

#: Our own: each a folder here, whose ``EMITTER`` is it.
OWN: Final = (
    "typescript",
    "jsonschema",
    "openapi",
    "cloudformation",
    "terraform",
    "iam",
    "workbench",
    "tbls",
    "samples",
)


def names() -> list[str]:
    """The names of all formats, ours first. Imports none of them."""
    return [*OWN, *sorted(name for name in _brought() if name not in OWN)]


def emitter(name: str) -> Emitter:
    """The emitter of that name; a package's cannot take the place of one of ours.

    Raises ExportError KX700 where there is none, KX702 where a package's cannot be loaded.
    """
    if name in OWN:
        found = import_module(f"kxmodel.emit.{name}").EMITTER
        assert isinstance(found, Emitter)
        return found
    brought = _brought().get(name)
    if brought is None:
        raise ExportError(
            f"there is no format {name!r}", fix=f"The formats are {', '.join(names())}."
        )
    return _load(brought)


def _brought() -> dict[str, EntryPoint]:
    return {each.name: each for each in entry_points(group=GROUP)}


def _load(brought: EntryPoint) -> Emitter:
    try:
        found = brought.load()
    except Exception as error:
        raise ExportError(
            f"the format {brought.name} cannot be loaded from {brought.value}: {error}",
            code="KX702",
        ) from error
    if not isinstance(found, Emitter):
        raise ExportError(
            f"{brought.value} is no kxmodel.emit.emitter.Emitter but {type(found).__name__}",
            code="KX702",
        )
    return found
