"""``kxmodel status``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kxmodel.cli.database import Chosen, database_options, open_folder
from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from kxmodel.migrate.run.status import Line, Status

EPILOG = """\b
Examples:
  kxmodel status
  kxmodel status --endpoint-url http://127.0.0.1:8000
  kxmodel status --check              exit with 1 unless everything is applied
"""


@click.command("status", epilog=EPILOG)
@database_options
@click.option("--check", is_flag=True, help="Exit with 1 unless everything is applied.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@pass_session
def command(
    session: Session,
    chosen: Chosen,
    check: bool,
    form: str,
) -> int:
    """Show which migrations are applied, pending, running or failed, and why."""
    from kxmodel.migrate.run.status import status

    database = chosen.open(session)
    found = status(open_folder(session), database)
    if form == "json":
        from dataclasses import asdict

        click.echo(json.dumps(asdict(found), indent=2))
    else:
        _print(found)
    applied = all(line.record is not None and line.record.applied for line in found.lines)
    return 1 if check and not applied else 0


def _print(found: Status) -> None:
    from kxmodel.cli.console import console, grid, visible

    screen = console()
    if not found.lines:
        screen.print("There are no migrations.")
    else:
        rows = [
            (line.revision, line.standing.replace("_", " "), _told(line)) for line in found.lines
        ]
        screen.print(grid(("migration", "state", ""), rows))
    if found.holder is not None:
        screen.print(visible(f"\nRunning by {found.holder}."))
    if found.wishes.paused_by is not None:
        screen.print(visible(f"\nPaused by {found.wishes.paused_by}; `kxmodel resume` ends that."))


def _told(line: Line) -> str:
    record = line.record
    if record is None:
        return ""
    from kxmodel.cli.following import counted
    from kxmodel.migrate.backfill.bad import in_words

    far = (
        ""
        if record.applied or record.state == "rolled_back"
        else f"{record.done} of {record.total}"
    )
    when = f"{record.ended or record.started} by {record.who} on {record.host}"
    since = f"since {when}" if record.state == "running" else when
    counts = counted(record.counts)
    now = f"under way: {told}" if (told := counted(line.under_way)) else ""
    parts = [far, since, counts, now, record.note or "", record.error or ""]
    if record.exceptions:
        parts.append(
            f"{len(record.exceptions)} exceptions, the first: {in_words(record.exceptions[0])}"
        )
    return "\n".join(part for part in parts if part)
