"""What an emitter is: a name, its settings, and a pure function from tables to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from kxmodel.emit.files import Files
    from kxmodel.ir import Table

#: The settings of one export: every name that the emitter declares -> the text given, or its default.
Given: TypeAlias = Mapping[str, str]

_MOST: Final = 1_000_000_000


@dataclass(frozen=True)
class Setting:
    """One thing that a user may say about an export.

    default: the text that stands for it when nothing is said. choices: the only texts allowed; empty:
    any. meaning: half a sentence for the help.
    """

    name: str
    meaning: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Emitter:
    """A format that tables are exported to.

    name: as in ``kxmodel export NAME``. summary: half a sentence for the list of formats.
    emit: tables and settings -> files, relative to the target; the same bytes on every machine. It may
    raise ExportError, where a table cannot be said in the format.
    """

    name: str
    summary: str
    emit: Callable[[Sequence[Table], Given], Files]
    settings: tuple[Setting, ...] = ()

    def run(self, tables: Sequence[Table], given: Given) -> Files:
        """The files. given: what the user said, by name; the others take their defaults.

        Raises ExportError KX701 for a setting that there is not, or a text that it does not take.
        """
        known = {setting.name: setting for setting in self.settings}
        for name, text in given.items():
            setting = known.get(name)
            if setting is None:
                raise ExportError(
                    f"{self.name} has no setting {name!r}",
                    code="KX701",
                    fix=f"Its settings are {', '.join(known)}." if known else "It has none.",
                )
            if setting.choices and text not in setting.choices:
                raise ExportError(
                    f"{name} of {self.name} cannot be {text!r}",
                    code="KX701",
                    fix=f"It is one of {', '.join(setting.choices)}.",
                )
        return self.emit(tables, {s.name: given.get(s.name, s.default) for s in self.settings})


def whole_number(given: Given, name: str, *, least: int = 0) -> int:
    """The setting as an integer of at least `least`. Raises ExportError KX701."""
    text = given[name]
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST)) else -1
    if not least <= number <= _MOST:
        raise ExportError(
            f"{name} cannot be {text!r}", code="KX701", fix=f"Give a number, {least} or more."
        )
    return number
