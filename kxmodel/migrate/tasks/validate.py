"""Judging items by their entity's schema. Nothing is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Verdict
from kxmodel.validate import compile_schema, project_item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.tasks.recognise import Recognise
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.validate import Validator
    from kxmodel.values import JSON


@dataclass(frozen=True)
class ValidateItems:
    """Tell the items that their entity's schema does not allow.

    schemas: how items of an entity are recognised, and its JSON Schema.
    """

    table: str
    schemas: tuple[tuple[Recognise, Mapping[str, JSON]], ...]
    reads: None = None
    """Whole items."""

    @property
    def writes(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    @cached_property
    def _validators(self) -> tuple[tuple[Recognise, Validator], ...]:
        return tuple((recognise, compile_schema(schema)) for recognise, schema in self.schemas)

    def judge(self, item: Item) -> Verdict:
        """See `Task`. The problem of a bad item is its first; its message counts the others."""
        for recognise, validator in self._validators:
            if recognise.holds(item):
                return _judge(validator, item)
        return SKIPPED


def _judge(validator: Validator, item: Item) -> Verdict:
    try:
        plain = project_item(item)
    except ValueRefused as error:
        return Verdict("bad", problem=Problem((), None, "type", error.message, code=error.code))
    if validator.is_valid(plain):
        return ALREADY
    first, *others = validator.problems(plain)
    more = f" (and {len(others)} more)" if others else ""
    value = None if first.value is None else shorten(first.value)
    problem = Problem(first.path, value, first.rule, first.message + more, code=first.code)
    return Verdict("bad", problem=problem)
