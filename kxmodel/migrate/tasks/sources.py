"""Changing text attributes by templates of the item itself, such as ``${email_lc|lower}``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys import parse, render
from kxmodel.migrate.tasks.keys import View, problem_of
from kxmodel.migrate.tasks.task import ALREADY, Verdict
from kxmodel.migrate.tasks.transform import next_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import Template
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class SourceTemplates:
    """Give text attributes the value that a template makes of the item. An absent source changes nothing.

    templates: attribute -> template, each evaluated over the item as it is stored. version: a number
    that counts an item's changes and goes up with this one.

    A result that the templates change again is bad (KX626), as in `TransformAttribute`.
    """

    table: str
    templates: Mapping[str, str]
    version: str | None = None

    @cached_property
    def _parsed(self) -> tuple[tuple[str, Template], ...]:
        return tuple((name, parse(text)) for name, text in self.templates.items())

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The templates' sources, the attributes, and the version."""
        sources = [s.partition(".")[0] for _, template in self._parsed for s in template.sources]
        own = (self.version,) if self.version else ()
        return tuple(dict.fromkeys((*sources, *self.templates, *own)))

    @cached_property
    def writes(self) -> frozenset[str]:
        """The attributes, and the version."""
        return frozenset((*self.templates, *((self.version,) if self.version else ())))

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        try:
            changes = self._changes(item)
            if not changes:
                return ALREADY
            again = self._changes({**item, **changes})
            if self.version:
                changes[self.version] = next_version(item.get(self.version))
        except KeyBuildError as error:
            return Verdict("bad", problem=problem_of(error))
        except ValueRefused as error:
            return _bad(self.version or "", error.message, "KX627")
        except _NoText as error:
            return _bad(error.name, "is no text, and a template makes text", "KX627")
        if again:
            name, value = next(iter(again.items()))
            reason = f"becomes {shorten(changes[name])}, and {shorten(value)} the next time"
            return _bad(name, reason, "KX626")
        return Verdict("change", changes, guards={(name,): item.get(name) for name in self.reads})

    def _changes(self, item: Item) -> dict[str, AttributeValue]:
        view = View(item)
        found: dict[str, AttributeValue] = {}
        for name, template in self._parsed:
            text = render(template, view)
            before = item.get(name)
            if text is None or (before is not None and before.get("S") == text):
                continue
            if before is not None and "S" not in before:
                raise _NoText(name)
            found[name] = {"S": text}
        return found


class _NoText(Exception):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def _bad(name: str, reason: str, code: str) -> Verdict:
    return Verdict("bad", problem=Problem((name,), None, "source", reason, code=code))
