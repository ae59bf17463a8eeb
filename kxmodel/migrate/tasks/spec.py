"""A task as data: by what it is made and from what, so that another process can make the same one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

from kxmodel.errors import BackfillError
from kxmodel.migrate.tasks.arguments import members, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.migrate.tasks.task import Task
    from kxmodel.values import JSON

    #: Makes a task of a spec's arguments and folder.
    Factory: TypeAlias = Callable[[Mapping[str, JSON], str | None], Task]


@dataclass(frozen=True)
class TaskSpec:
    """A task to be made by the function ``module:function`` from plain JSON.

    The name comes from the program that begins a run, never from a database or a schema.
    folder: where the files lie that the function reads, as the sender knows it. It is no part of
    what the task is: two specs that differ in it alone have one digest.
    """

    factory: str
    arguments: Mapping[str, JSON] = field(default_factory=dict)
    folder: str | None = field(default=None, compare=False)

    def load(self) -> Task:
        """Make the task. Raises BackfillError KX628 where there is no such function, and whatever
        the function raises."""
        module, _, name = self.factory.partition(":")
        try:
            found: object = getattr(import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise BackfillError(
                f"the task factory {self.factory} cannot be imported: {error}", code="KX628"
            ) from error
        return cast("Factory", found)(self.arguments, self.folder)

    def to_json(self) -> dict[str, JSON]:
        """``{"factory": ..., "arguments": {...}, "folder": ...}``."""
        return {
            "factory": self.factory,
            "arguments": dict(self.arguments),
            "folder": self.folder,
        }

    @classmethod
    def from_json(cls, value: JSON) -> TaskSpec:
        """The opposite of `to_json`. Raises BackfillError KX628."""
        body = members(value, "task")
        folder = body.get("folder")
        return cls(
            text(body.get("factory"), "task.factory"),
            members(body.get("arguments"), "task.arguments"),
            None if folder is None else text(folder, "task.folder"),
        )

    @property
    def digest(self) -> str:
        """``sha256:`` and 64 hexadecimal digits of the canonical JSON of factory and arguments."""
        what = {"factory": self.factory, "arguments": dict(self.arguments)}
        canonical = json.dumps(what, sort_keys=True, separators=(",", ":"))
        return "sha256:" + sha256(canonical.encode()).hexdigest()
