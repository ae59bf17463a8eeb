"""Counting what is found, in memory that does not grow with the items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from kxmodel.report.fixes import how_to_fix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.judging import Judged

#: Names that are counted one by one, and kinds of problems; further ones are counted together.
MAX_NAMES: Final = 10_000
MAX_KINDS: Final = 1_000
OTHERS: Final = "(others)"

Name = TypeVar("Name")


@dataclass(slots=True)
class Count:
    """Items, and how many of them something is wrong with."""

    items: int = 0
    bad: int = 0

    def add(self, bad: bool) -> None:
        """Count one item."""
        self.items += 1
        self.bad += bad


@dataclass(frozen=True, slots=True)
class Kind:
    """What findings have in common that are one problem."""

    code: str
    rule: str
    table: str
    entity: str
    shape: str


@dataclass(slots=True)
class Problems:
    """How often a kind was found. examples: the first findings of it."""

    count: int = 0
    fix: str = ""
    examples: list[ItemFinding] = field(default_factory=list)


@dataclass(slots=True)
class SourceCount(Count):
    """The count of one file, export or table.

    unreadable: records that hold no item. foreign: items without the table's key attributes.
    passed: deletions in an incremental export, and what a sample left out.
    """

    name: str = ""
    table: str = ""
    unreadable: int = 0
    foreign: int = 0
    passed: int = 0
    cut_short: bool = False
    """Whether a limit ended it."""


class Tally(Count):
    """Everything that was counted in a run. examples: findings to keep of each kind."""

    def __init__(self, examples: int = 5) -> None:
        super().__init__()
        self.findings = 0
        self.unreadable = 0
        self.entities: dict[tuple[str, str], Count] = {}
        self.tenants: dict[str, Count] = {}
        self.kinds: dict[Kind, Problems] = {}
        self.sources: list[SourceCount] = []
        self._examples = examples

    def judged(self, source: SourceCount, judged: Judged) -> None:
        """Count an item, with what was found of it."""
        bad = bool(judged.findings)
        self.add(bad)
        source.add(bad)
        source.foreign += judged.foreign
        _counted(self.entities, (source.table, judged.entity), (source.table, OTHERS)).add(bad)
        if judged.tenant:
            _counted(self.tenants, judged.tenant, OTHERS).add(bad)
        for finding in judged.findings:
            self._found(finding)

    def broken(self, source: SourceCount, finding: ItemFinding) -> None:
        """Count a record that holds no item, or a file that could not be read to its end."""
        self.unreadable += 1
        source.unreadable += 1
        self._found(finding)

    def ranked(self) -> Sequence[tuple[Kind, Problems]]:
        """The kinds of problems, the most frequent first."""
        return sorted(
            self.kinds.items(), key=lambda kv: (-kv[1].count, kv[0].code, kv[0].table, kv[0].shape)
        )

    def is_example(self, finding: ItemFinding) -> bool:
        """Whether the finding is among the first of its kind."""
        problems = self.kinds.get(_kind(finding))
        return problems is not None and any(finding is kept for kept in problems.examples)

    def _found(self, finding: ItemFinding) -> None:
        self.findings += 1
        kind = _kind(finding)
        if kind not in self.kinds and len(self.kinds) >= MAX_KINDS:
            kind = Kind(finding.code, finding.rule, finding.table, OTHERS, OTHERS)
        problems = self.kinds.setdefault(kind, Problems())
        problems.count += 1
        problems.fix = problems.fix or how_to_fix(finding)
        if len(problems.examples) < self._examples:
            problems.examples.append(finding)


def _kind(finding: ItemFinding) -> Kind:
    return Kind(finding.code, finding.rule, finding.table, finding.entity, finding.shape)


def _counted(counts: dict[Name, Count], name: Name, others: Name) -> Count:
    if name not in counts and len(counts) >= MAX_NAMES:
        name = others
    return counts.setdefault(name, Count())
