"""What lint has to say: one finding, with its place and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from kxmodel.errors import Location

#: ``error``: the table would not do what the schema says. ``warning``: it would, with a trap in it.
#: ``note``: a consequence to know of.
Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    code: a row of `kxmodel.errors.CODES`. fix: what to do. table: the table's name.
    pointer: JSON pointer of the node at `location`; `<file>#<pointer>` in a sibling file.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    fix: str
    table: str
    pointer: str

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: file, line, column, code, message."""
        at = self.location
        return (at.file, at.line, at.column, self.code, self.message)
