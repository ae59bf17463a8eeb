"""How a rule is written: a function from a table to the faults in it, under one code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.errors import CODES, Location
from kxmodel.lint.finding import Finding, Severity
from kxmodel.lint.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kxmodel.ir import Table


@dataclass(frozen=True)
class Fault:
    """What a rule yields: where, what is wrong, and what to do if that is not what the code says.

    pointer: a JSON pointer as in `Table.locations`; if nothing stands there, the node above counts.
    """

    pointer: str
    message: str
    fix: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule with its code. Calling it with a table gives the findings."""

    code: str
    severity: Severity
    check: Callable[[Table], Iterator[Fault]]

    @property
    def name(self) -> str:
        """The function's name, e.g. ``unanswerable``."""
        return self.check.__name__

    def __call__(self, table: Table) -> Iterator[Finding]:
        """What the rule finds in the table. Raises nothing for any table that was read."""
        for fault in self.check(table):
            yield Finding(
                code=self.code,
                severity=self.severity,
                message=printable(fault.message),
                location=table.locate(fault.pointer) or Location(table.source),
                fix=printable(fault.fix or CODES[self.code].fix),
                table=table.name,
                pointer=fault.pointer,
            )


def rule(code: str, severity: Severity) -> Callable[[Callable[[Table], Iterator[Fault]]], Rule]:
    """Make a rule of a function; `code` is its row in the table of codes."""

    def bind(check: Callable[[Table], Iterator[Fault]]) -> Rule:
        return Rule(code, severity, check)

    return bind
