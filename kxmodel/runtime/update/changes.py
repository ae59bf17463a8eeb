"""PynamoDB's update actions, read: which document path each changes, and to what.

The operand classes are PynamoDB's own; this is the one file that looks inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pynamodb.expressions import operand as operands
from pynamodb.expressions.operand import Path, Value
from pynamodb.expressions.update import (
    Action,
    AddAction,
    DeleteAction,
    RemoveAction,
    SetAction,
)

from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.values import AttributeValue

DocumentPath: TypeAlias = tuple[str | int, ...]
Kind: TypeAlias = Literal["set", "remove", "add", "delete"]

#: The computed right-hand sides.
Increment = operands._Increment
Decrement = operands._Decrement
ListAppend = operands._ListAppend
IfNotExists = operands._IfNotExists

_INDEXES = re.compile(r"\[(\d+)\]")
_KINDS: dict[type[Action], Kind] = {
    SetAction: "set",
    RemoveAction: "remove",
    AddAction: "add",
    DeleteAction: "delete",
}


@dataclass(frozen=True)
class Change:
    """One action.

    literal: the attribute value that a SET gives, or that an ADD or DELETE works with; None for a
    REMOVE and for a SET whose right-hand side the database computes.
    """

    action: Action
    kind: Kind
    path: DocumentPath
    literal: AttributeValue | None

    @property
    def computed(self) -> bool:
        """Whether the new value depends on what is stored."""
        return self.kind in ("add", "delete") or (self.kind == "set" and self.literal is None)

    @property
    def appends(self) -> bool:
        """Whether a SET adds elements to a list."""
        return self.kind == "set" and isinstance(self.action.values[-1], ListAppend)

    @property
    def sets_once(self) -> bool:
        """Whether a SET leaves a value that is there: ``if_not_exists`` of its own path."""
        right: Any = self.action.values[-1]
        return isinstance(right, IfNotExists) and document_path(right.values[0]) == self.path

    @property
    def given(self) -> AttributeValue | None:
        """What of the new value the request itself holds.

        The literal; that of ``if_not_exists``; the elements that ``list_append`` adds.
        """
        if self.kind != "set" or self.literal is not None:
            return self.literal
        right: Any = self.action.values[1]
        if not isinstance(right, IfNotExists | ListAppend):
            return None
        found = [value.value for value in right.values if isinstance(value, Value)]
        if isinstance(right, ListAppend) and all("L" in value for value in found):
            return {"L": [element for value in found for element in value["L"]]} if found else None
        return found[0] if found else None

    @property
    def operand(self) -> AttributeValue | None:
        """What an ADD adds, or a SET adds to a number or takes from it; None for other changes."""
        if self.kind == "add":
            return self.literal
        right: Any = self.action.values[-1]
        if self.kind != "set" or not isinstance(right, Increment | Decrement):
            return None
        found = [value.value for value in right.values if isinstance(value, Value)]
        return found[0] if found else None

    def read_paths(self) -> Iterator[DocumentPath]:
        """The document paths whose stored values the new value depends on."""
        if self.kind in ("add", "delete"):
            yield self.path
        elif self.computed:
            yield from _paths_in(self.action.values[1])


def read_changes(actions: Sequence[Action]) -> list[Change]:
    """The actions of one request. Raises UsageError for what is no update action."""
    changes = []
    for action in actions:
        kind = _KINDS.get(type(action))
        if kind is None:
            raise UsageError(
                f"{action!r} is no update action",
                fix="Build actions from attributes: Model.attribute.set(value), .remove(), .add(), .delete().",
            )
        path = document_path(action.values[0])  # type: ignore[arg-type]  # an action's first value
        literal = None
        if kind != "remove":
            right = action.values[1]
            literal = right.value if isinstance(right, Value) else None
        changes.append(Change(action, kind, path, literal))
    return changes


def document_path(path: Path) -> DocumentPath:
    """PynamoDB's path segments (``notes[1]``) as stored names and positions."""
    parts: list[str | int] = []
    for segment in path.path:
        name, bracket, rest = segment.partition("[")
        parts.append(name)
        if bracket:
            parts.extend(int(position) for position in _INDEXES.findall(bracket + rest))
    return tuple(parts)


def to_path(path: DocumentPath) -> Path:
    """The operand for a document path. Names may hold dots: each is a segment of its own."""
    segments: list[str] = []
    for part in path:
        if isinstance(part, int):
            segments[-1] += f"[{part}]"
        else:
            segments.append(part)
    return Path(segments)


def _paths_in(operand: Any) -> Iterator[DocumentPath]:
    if isinstance(operand, Path):
        yield document_path(operand)
    elif not isinstance(operand, Value):
        for value in operand.values:
            yield from _paths_in(value)
