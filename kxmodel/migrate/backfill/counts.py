"""What became of the items."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Counts:
    """scanned = updated + already + skipped + gone + bad + failed, always.

    updated: written by this run. already: as they should be, also where another writer was quicker.
    skipped: no concern of the task. gone: deleted between reading and writing. bad: cannot be told
    what they should be. failed: changed under every attempt to write them; verification finds them.
    """

    scanned: int = 0
    updated: int = 0
    already: int = 0
    skipped: int = 0
    gone: int = 0
    bad: int = 0
    failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))

    @property
    def balanced(self) -> bool:
        """Whether every scanned item became exactly one of the others."""
        settled = self.updated + self.already + self.skipped + self.gone + self.bad + self.failed
        return self.scanned == settled

    def to_json(self) -> dict[str, int]:
        """One number for each field."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, int]) -> Counts:
        """The opposite of `to_json`."""
        return cls(**{f.name: int(value.get(f.name, 0)) for f in fields(cls)})
