"""A task as data: where it is made and from what, so that it can travel to another process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, cast

from kxmodel.errors import BackfillError
from kxmodel.migrate.tasks.arguments import members, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.migrate.tasks.task import Task
    from kxmodel.values import JSON


@dataclass(frozen=True)
class TaskSpec:
    """A task to be made by ``module:function`` or ``module:Class.method`` from plain JSON.

    The name comes from the program that begins a run, never from a database or a schema.
    """

    factory: str
    arguments: Mapping[str, JSON] = field(default_factory=dict)

    def load(self) -> Task:
        """Make the task. Raises BackfillError KX628 where there is no such factory."""
        module, _, path = self.factory.partition(":")
        try:
            found: object = import_module(module)
            for name in path.split("."):
                found = getattr(found, name)
        except (ImportError, AttributeError, ValueError) as error:
            raise BackfillError(
                f"the task factory {self.factory} cannot be imported: {error}", code="KX628"
            ) from error
        return cast("Callable[[Mapping[str, JSON]], Task]", found)(self.arguments)

    def to_json(self) -> dict[str, JSON]:
        """``{"factory": ..., "arguments": {...}}``."""
        return {"factory": self.factory, "arguments": dict(self.arguments)}

    @classmethod
    def from_json(cls, value: JSON) -> TaskSpec:
        """The opposite of `to_json`. Raises BackfillError KX628."""
        body = members(value, "task")
        return cls(
            text(body.get("factory"), "task.factory"),
            members(body.get("arguments"), "task.arguments"),
        )

    @property
    def digest(self) -> str:
        """``sha256:`` and 64 hexadecimal digits of its canonical JSON."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return "sha256:" + sha256(canonical.encode()).hexdigest()
