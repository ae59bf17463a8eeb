"""Changing attributes by a function of the item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, cast

from kxmodel.errors import BackfillError, Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.migrate.tasks.recognise import Recognise
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Verdict
from kxmodel.migrate.tasks.typed import equal, shown, stored
from kxmodel.values import JSON, AttributeValue, canonical, to_decimal

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Guards, Item

#: Plain JSON of what the transform reads -> the attributes to change; None removes one.
Function: TypeAlias = Callable[[dict[str, JSON]], "Mapping[str, JSON] | None"]


@dataclass(frozen=True)
class TransformAttribute:
    """Change attributes by a pure, idempotent function of some of them.

    function: gets plain JSON of `reads` as far as the item has them, returns the changes; None or an
    empty object is no change. Its own result must leave it nothing to change, since a lost reply
    makes the engine ask again; an item where it does is bad (KX626).
    changes: the attributes that it may change. version: a number that counts an item's changes and
    goes up with this one.

    An attribute that the function gives back equal keeps its stored digits and type, and so does a part of
    one that it puts elsewhere: see `kxmodel.migrate.tasks.typed`.
    """

    table: str
    function: Function
    inputs: tuple[str, ...]
    changes: tuple[str, ...]
    version: str | None = None
    recognise: Recognise = field(default_factory=Recognise)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The function's inputs, what it changes, the version, and what items are recognised by."""
        own = (self.version,) if self.version else ()
        names = (*self.recognise.attributes, *self.inputs, *self.changes, *own)
        return tuple(dict.fromkeys(names))

    @cached_property
    def writes(self) -> frozenset[str]:
        """What the function may change, and the version."""
        return frozenset((*self.changes, *((self.version,) if self.version else ())))

    def judge(self, item: Item) -> Verdict:
        """See `Task`. Raises BackfillError KX628 where the function changes what it may not."""
        if not self.recognise.holds(item):
            return SKIPPED
        try:
            values = {name: shown(item[name]) for name in self._seen if name in item}
            changes = self._changes(values)
            if not changes:
                return ALREADY
            again = self._changes(_applied(values, changes))
        except _FunctionFailed as failure:
            return _bad(self.changes[0], failure.reason, "KX627")
        except ValueRefused as error:
            return _bad(self.changes[0], error.message, "KX627")
        if again:
            name, value = next(iter(again.items()))
            return _bad(
                name,
                f"becomes {shorten(changes.get(name, values.get(name)))}, and {shorten(value)} when "
                "it is transformed again",
                "KX626",
            )
        return self._verdict(item, changes)

    @property
    def _seen(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.inputs, *self.changes)))

    def _changes(self, values: Mapping[str, JSON]) -> dict[str, JSON]:
        """What the function really changes: what it gives back as it was is left out."""
        given = {name: deepcopy(values[name]) for name in self._seen if name in values}
        try:
            found = self.function(given)
        except Exception as error:  # the function is the user's, and so is its error
            raise _FunctionFailed(f"the function raised {type(error).__name__}: {error}") from error
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            raise _FunctionFailed(f"the function returned {shorten(found)} and not an object")
        undeclared = sorted(set(found) - set(self.changes))
        if undeclared:
            raise BackfillError(
                f"the function changes {', '.join(undeclared)}, and may change "
                f"{', '.join(self.changes)} alone",
                code="KX628",
            )
        return {
            name: value
            for name, value in found.items()
            if (name in values if value is None else not equal(value, values.get(name)))
        }

    def _verdict(self, item: Item, changes: Mapping[str, JSON]) -> Verdict:
        guards: Guards = {
            **self.recognise.guards(item),
            **{(name,): item.get(name) for name in self._seen},
        }
        try:
            to_set = {
                name: stored(value, item.get(name))
                for name, value in changes.items()
                if value is not None
            }
            if self.version:
                guards = {**guards, (self.version,): item.get(self.version)}
                to_set[self.version] = next_version(item.get(self.version))
        except ValueRefused as error:
            return _bad(next(iter(changes)), error.message, "KX627")
        remove = tuple(name for name, value in changes.items() if value is None)
        return Verdict("change", to_set, remove, guards)


class _FunctionFailed(Exception):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _bad(name: str, reason: str, code: str) -> Verdict:
    return Verdict("bad", problem=Problem((name,), None, "transform", reason, code=code))


def _applied(values: Mapping[str, JSON], changes: Mapping[str, JSON]) -> dict[str, JSON]:
    merged = {**values, **changes}
    return {n: v for n, v in merged.items() if v is not None or n not in changes}


def next_version(version: AttributeValue | None) -> AttributeValue:
    """The number that counts one change more. Raises ValueRefused KX315 for what is no number."""
    if version is None:
        return {"N": "1"}
    if "N" not in version:
        raise ValueRefused(f"the version is {shorten(version)} and no number", code="KX315")
    return {"N": canonical(cast("int", to_decimal(version["N"]) + 1))}
