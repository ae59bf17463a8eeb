"""A user's own classes over the household's models."""

from __future__ import annotations

from tests.runtime.household import Person, Room


class Resident(Person):
    """The class that the schema names."""

    def greeting(self) -> str:
        """What the user added."""
        return f"{self.name} of {self.house}"


class Kitchen(Room):
    """A class that no schema names."""

    def cook(self) -> str:
        """What the user added."""
        return f"soup in {self.room}"
