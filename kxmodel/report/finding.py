"""What is found in stored items: one thing that is wrong with one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.errors import Problem
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Texts that are kept are cut to this many characters: a name in an item may have 65,535 bytes.
SHOWN_TEXT: Final = 300
SHOWN_VALUE: Final = 120


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """One thing that is wrong with a stored item, or with a record that should hold one.

    code: a row of `kxmodel.errors.CODES`. rule: the keyword of the schema, or ``key``, ``size``,
    ``entity``, ``json``, ``file``.
    path: where in the item, e.g. ``contactInfo.notes[1]``; ``(item)`` for all of it.
    shape: the path without the positions in lists, e.g. ``contactInfo.notes[]``: findings with one
    shape are one problem.
    shown: the value as Python writes it, cut; empty where there is none.
    place: ``file:line``, or the table's name. key: the item's own key as far as it has one.
    """

    code: str
    rule: str
    path: str
    shape: str
    message: str
    shown: str
    table: str
    entity: str
    tenant: str
    place: str
    key: Mapping[str, str]

    def __str__(self) -> str:
        whose = " ".join((self.entity or self.table, *self.key.values())).strip()
        got = f" (got {self.shown})" if self.shown else ""
        middle = f" {whose}" if whose else ""
        return f"{self.place}:{middle} {self.path}: {self.message}{got} [{self.code} {self.rule}]"


@dataclass(frozen=True, slots=True)
class Whose:
    """The item that findings are about; see `ItemFinding`."""

    table: str = ""
    entity: str = ""
    tenant: str = ""
    place: str = ""
    key: Mapping[str, str] | None = None

    def finding(self, problem: Problem, code: str) -> ItemFinding:
        """A finding about this item."""
        return ItemFinding(
            code,
            problem.rule,
            cut(problem.pointer),
            cut(_shape(problem)),
            cut(problem.message),
            "" if problem.value is None else shorten(problem.value, SHOWN_VALUE),
            self.table,
            self.entity,
            self.tenant,
            self.place,
            self.key or {},
        )


def unreadable(place: str, message: str, *, code: str = "KX664", table: str = "") -> ItemFinding:
    """A finding about a record, or a file, that holds no item to be judged."""
    rule = "json" if code == "KX664" else "file"
    return Whose(table=table, place=place).finding(Problem((), None, rule, message), code)


def cut(text: str, width: int = SHOWN_TEXT) -> str:
    """`text`, or its beginning where it is longer than `width` characters."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _shape(problem: Problem) -> str:
    text = ""
    for step in problem.path:
        text += "[]" if isinstance(step, int) else f".{step}" if text else step
    return text or "(item)"
