"""Lint: what is wrong with a table before there is one. Pure: `kxmodel.ir` in, findings out."""

from kxmodel.lint.finding import Finding, Severity
from kxmodel.lint.report import as_github, as_json, as_text, summary
from kxmodel.lint.rule import Fault, Rule
from kxmodel.lint.run import RULES, lint_tables

__all__ = [
    "RULES",
    "Fault",
    "Finding",
    "Rule",
    "Severity",
    "as_github",
    "as_json",
    "as_text",
    "lint_tables",
    "summary",
]
