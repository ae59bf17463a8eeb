"""Findings as text for people, as JSON, and as annotations of GitHub. Pure."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, get_args

from kxmodel.errors import CODES
from kxmodel.errors.base import HELP_PAGE
from kxmodel.lint.finding import Severity
from kxmodel.lint.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.lint.finding import Finding

#: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_COMMANDS: Final[Mapping[Severity, str]] = {
    "error": "error",
    "warning": "warning",
    "note": "notice",
}


def as_text(findings: Sequence[Finding]) -> str:
    """A line with place, severity and message for each finding, the fix below it; at last a count."""
    lines = [
        line
        for finding in findings
        for line in (
            f"{finding.location}: {finding.severity} {finding.code} {finding.message}",
            f"  fix: {finding.fix}",
        )
    ]
    return "\n".join([*lines, summary(findings)]) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """``1 error, 2 warnings``, or ``no findings``."""
    counts = Counter(finding.severity for finding in findings)
    severities: tuple[Severity, ...] = get_args(Severity)
    told = [plural(counts[severity], severity) for severity in severities if counts[severity]]
    return ", ".join(told) or "no findings"


def as_json(findings: Sequence[Finding]) -> str:
    """A JSON array with one object a finding.

    Members: code, title, severity, message, fix, table, file, line, column (both from 1; 0: the
    whole file), pointer (JSON pointer) and help (page and anchor on the documentation site).
    """
    return (
        json.dumps(
            [
                {
                    "code": finding.code,
                    "title": CODES[finding.code].title,
                    "severity": finding.severity,
                    "message": finding.message,
                    "fix": finding.fix,
                    "table": finding.table,
                    "file": finding.location.file,
                    "line": finding.location.line,
                    "column": finding.location.column,
                    "pointer": finding.pointer,
                    "help": f"{HELP_PAGE}#{finding.code.lower()}",
                }
                for finding in findings
            ],
            indent=2,
        )
        + "\n"
    )


def as_github(findings: Sequence[Finding]) -> str:
    """A workflow command for each finding: GitHub shows it at its line of a pull request."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    at = finding.location
    properties = {"file": at.file}
    if at.line:
        properties |= {"line": str(at.line), "col": str(at.column)}
    properties["title"] = finding.code
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _data(f"{finding.message}\nfix: {finding.fix}")
    return f"::{_COMMANDS[finding.severity]} {told}::{message}"


def _data(text: str) -> str:
    """Text as a command's message, by the escapes that the runner undoes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as the value of a command's property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
