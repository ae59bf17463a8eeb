"""Which items are of an entity."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kxmodel.keys.recognise import is_recognised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.task import Guards, Item


@dataclass(frozen=True)
class Recognise:
    """Every test has to hold. equals: attribute -> text; prefix: attribute -> its beginning.

    Without any test, every item is of the entity.
    """

    equals: Mapping[str, str] = field(default_factory=dict)
    prefix: Mapping[str, str] = field(default_factory=dict)

    def holds(self, item: Item) -> bool:
        """Whether a stored item is of the entity."""
        return is_recognised(
            self.equals, self.prefix, lambda name: item[name].get("S") if name in item else None
        )

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that are looked at."""
        return tuple(dict.fromkeys((*self.equals, *self.prefix)))

    def guards(self, item: Item) -> Guards:
        """What was read to tell."""
        return {(name,): item.get(name) for name in self.attributes}
