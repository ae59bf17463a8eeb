"""``kxmodel validate``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kxmodel.cli.amount import Amount
from kxmodel.cli.database import Chosen, database_options
from kxmodel.cli.session import Session, complete_table, pass_session

if TYPE_CHECKING:
    from kxmodel.ir import Table
    from kxmodel.report import LiveTable

EPILOG = """\b
Examples:
  kxmodel validate messages                             a live table
  kxmodel validate messages --sample 0.01               a hundredth of it, at a hundredth of the cost
  kxmodel validate items.jsonl --table messages
  aws dynamodb scan --table-name messages | kxmodel validate -
  kxmodel validate export/ --format html -o report.html an export to S3, copied here
"""


@click.command("validate", epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="TABLE|FILE...")
@click.option(
    "--table",
    help="The table whose items the files hold; by default their names or keys tell.",
    shell_complete=complete_table,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="How to report. text and html show the first findings of each kind, json and jsonl all.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file; it is there whole or not at all.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Items to check of each source.")
@click.option(
    "--sample",
    type=Amount(0, 1, min_open=True),
    default=1.0,
    help="Check only this share of the items; of a table, only so much is read.",
)
@click.option(
    "--examples",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    help="Findings to show of each kind.",
)
@database_options
@click.option(
    "--segments",
    type=click.IntRange(1, 256),
    default=4,
    show_default=True,
    help="Segments of a table that are scanned at once.",
)
@click.option("--consistent", is_flag=True, help="Read consistently, at twice the capacity.")
@click.option(
    "--max-rcu",
    type=Amount(min=0, min_open=True),
    help="Read capacity units a second to use at most.",
)
@pass_session
def command(
    session: Session,
    sources: tuple[str, ...],
    table: str | None,
    form: str,
    output: Path | None,
    limit: int | None,
    sample: float,
    examples: int,
    chosen: Chosen,
    segments: int,
    consistent: bool,
    max_rcu: float | None,
) -> int:
    """Check items against the schema: their values, keys and sizes.

    Each TABLE|FILE is a declared table, which is scanned; a file of JSON, JSON Lines or DynamoDB JSON,
    plain or gzip, or - for standard input; or the folder of an export to S3. A file of JSON holds items
    one after another, in an array, in the "Items" of `aws dynamodb scan`, or in an object of lists by
    entity, as `kxmodel export samples` writes it: there each item is judged as its list says. Nothing is
    changed. Exits with 1 where a problem was found.
    """
    from kxmodel import report
    from kxmodel.cli.meter import meter

    names = chosen.names(session)

    def live(each: Table) -> LiveTable:
        return report.LiveTable(
            chosen.client(),
            names.table(each.name),
            workers=segments,
            consistent=consistent,
            share=sample,
            max_rcu=max_rcu,
        )

    found = report.sources(
        sources,
        session.tables,
        table=session.table(table) if table else None,
        prefix=names.prefix,
        live=live,
        sampled=sample < 1,
    )
    tally = report.Tally(examples)
    writer = report.WRITERS[form](tally)
    with (
        report.file_output(output) if output else nullcontext(_to_stdout) as write,
        meter() as show,
    ):
        write(writer.begin())
        report.validate(
            found,
            on_finding=lambda finding: write(writer.finding(finding)),
            on_progress=show,
            limit=limit,
            share=sample,
            tally=tally,
        )
        write(writer.end())
    if output or form != "text":
        click.echo(report.verdict(tally), err=True)
    return 1 if tally.findings else 0


def _to_stdout(text: str) -> object:
    # Not by click, which would write past what keeps text and progress bar apart.
    return sys.stdout.write(text)
