"""What is wrong with the items after a migration: what got no key, and what the schema does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel import report
from kxmodel.demo.events import Findings, Grid
from kxmodel.errors.base import shorten
from kxmodel.migrate.backfill import BadItem, BadItemFound
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.run import events

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kxmodel.engines import RunningEngine
    from kxmodel.ir import Table
    from kxmodel.migrate.names import Names

#: Rows of each grid, and characters of a value in it.
_ROWS: Final = 8
_SHOWN: Final = 40


class Left:
    """The bad items that a run of migrations tells of, one for each place and reason of a migration."""

    def __init__(self) -> None:
        self._revision = ""
        self.kinds: dict[tuple[str, str, str], BadItem] = {}

    def tell(self, event: events.Event) -> None:
        """Take an event of the run."""
        if isinstance(event, events.MigrationBegun):
            self._revision = event.revision
        if isinstance(event, events.Work) and isinstance(event.event, BadItemFound):
            item = event.event.item
            self.kinds.setdefault((self._revision, item.path, item.code), item)


def findings(
    tables: Sequence[Table], names: Names, running: RunningEngine, left: Left, folder: Path
) -> Findings:
    """Hold all stored items against the schemas, and write the page. Raises ReportError."""
    settings = ClientSettings(endpoint_url=running.endpoint_url, region="us-east-1", attempts=8)
    client = make(settings)
    tally = report.Tally()
    page = folder / "report.html"
    writer = report.WRITERS["html"](tally)
    folder.mkdir(parents=True, exist_ok=True)
    with report.file_output(page) as write:
        write(writer.begin())
        report.validate(
            (
                report.Source(
                    report.LiveTable(client, names.table(table.name)), table, tables, "items"
                )
                for table in tables
            ),
            on_finding=lambda finding: write(writer.finding(finding)),
            tally=tally,
        )
        write(writer.end())
    return Findings(report.verdict(tally), _problems(tally), _left(left), page, folder)


def _problems(tally: report.Tally) -> Grid:
    rows = tuple(
        (
            f"{problems.count:,}",
            f"{kind.entity or kind.table} {kind.shape}",
            problems.examples[0].message,
            shorten(problems.examples[0].shown, _SHOWN).strip("'\"") if problems.examples else "",
        )
        for kind, problems in tally.ranked()
        if problems.examples
    )
    return Grid(("items", "where", "what is wrong", "such as"), rows[:_ROWS])


def _left(left: Left) -> Grid:
    rows = tuple(
        (revision, " ".join(map(str, item.key.values())), item.path, item.reason)
        for (revision, _, _), item in left.kinds.items()
    )
    return Grid(("migration", "item", "path", "reason"), rows[:_ROWS])
