"""How much a draft dares: what proves wrong is drafted again with less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Level:
    """entities: tell kinds of items apart and guess key templates. details: formats, members of maps
    and access patterns."""

    entities: bool
    details: bool


#: In the order in which they are tried.
LEVELS: Final = (Level(True, True), Level(True, False), Level(False, True), Level(False, False))
