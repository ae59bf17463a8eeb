"""The report for programs: JSON, and JSON Lines. All findings, written as they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.errors import CODES
from kxmodel.errors.base import HELP_PAGE
from kxmodel.report.tally import OTHERS

if TYPE_CHECKING:
    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.tally import Count, Tally


class JsonLines:
    """A line a finding with ``"type": "finding"``, and at last one with ``"type": "summary"``."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def begin(self) -> str:
        """Nothing stands before the findings."""
        return ""

    def finding(self, finding: ItemFinding) -> str:
        """The finding's line."""
        return json.dumps({"type": "finding", **as_object(finding)}) + "\n"

    def end(self) -> str:
        """The summary's line."""
        return json.dumps({"type": "summary", **summary(self._tally)}) + "\n"


class Json:
    """One object: ``findings``, and after them ``summary``."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._before = "\n    "

    def begin(self) -> str:
        """The object's beginning."""
        return '{\n  "findings": ['

    def finding(self, finding: ItemFinding) -> str:
        """One element of the findings."""
        text = f"{self._before}{json.dumps(as_object(finding))}"
        self._before = ",\n    "
        return text

    def end(self) -> str:
        """The summary and the object's end."""
        gap = "\n  " if "," in self._before else ""
        told = json.dumps(summary(self._tally), indent=2).replace("\n", "\n  ")
        return f'{gap}],\n  "summary": {told}\n}}\n'


def as_object(finding: ItemFinding) -> dict[str, object]:
    """A finding's members.

    code, title, rule, message, table, entity, tenant (empty where unknown), place (``file:line`` or the
    table), key (attribute -> text), path (in the item), value (as Python writes it, cut; null where
    there is none) and help (page and anchor on the documentation site).
    """
    return {
        "code": finding.code,
        "title": CODES[finding.code].title,
        "rule": finding.rule,
        "message": finding.message,
        "table": finding.table,
        "entity": finding.entity,
        "tenant": finding.tenant,
        "place": finding.place,
        "key": dict(finding.key),
        "path": finding.path,
        "value": finding.shown or None,
        "help": f"{HELP_PAGE}#{finding.code.lower()}",
    }


def summary(tally: Tally) -> dict[str, object]:
    """The counts: items, bad, unreadable, findings, and lists of problems, entities, tenants, sources."""
    return {
        "items": tally.items,
        "bad": tally.bad,
        "unreadable": tally.unreadable,
        "findings": tally.findings,
        "problems": [
            {
                "code": kind.code,
                "rule": kind.rule,
                "table": kind.table,
                "entity": kind.entity,
                "path": kind.shape,
                "count": problems.count,
                "fix": problems.fix,
            }
            for kind, problems in tally.ranked()
        ],
        "entities": [
            {"table": table, "entity": entity, **_counts(count)}
            for (table, entity), count in tally.entities.items()
        ],
        "tenants": [
            {"tenant": None if name is OTHERS else name, **_counts(count)}
            for name, count in tally.tenants.items()
        ],
        "sources": [
            {
                "name": source.name,
                "table": source.table,
                **_counts(source),
                "unreadable": source.unreadable,
                "passed": source.passed,
                "cut_short": source.cut_short,
            }
            for source in tally.sources
        ],
    }


def _counts(count: Count) -> dict[str, int]:
    return {"items": count.items, "bad": count.bad}
