"""What the demonstration shows, one thing after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.demo.questions import Question
    from kxmodel.demo.wire import Request


@dataclass(frozen=True)
class Step:
    """A step that is done, and what came of it. opens: it begins something new."""

    name: str
    result: str
    opens: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of text under their headers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What one access pattern found, and the requests that were sent for it: a grid for each class."""

    question: Question
    requests: tuple[Request, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Unasked:
    """An access pattern that no example of the schema answers."""

    call: str


@dataclass(frozen=True)
class Findings:
    """What is wrong with the items. problems: counted by kind; left: items that got no key, some of them.

    page: the report as a page of HTML. lines: the folder of the migrations' own reports, in JSON Lines.
    """

    verdict: str
    problems: Grid
    left: Grid
    page: Path
    lines: Path


@dataclass(frozen=True)
class Next:
    """Commands to try, each with what it does."""

    commands: tuple[tuple[str, str], ...]


Event: TypeAlias = Step | Answer | Unasked | Findings | Next
