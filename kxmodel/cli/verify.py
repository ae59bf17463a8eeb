"""``kxmodel verify``."""

from __future__ import annotations

import json

import click

from kxmodel.cli.database import database_options, open_database, open_folder
from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel verify
  kxmodel verify --repair
  kxmodel verify --format json
"""


@click.command("verify", epilog=EPILOG)
@database_options
@click.option("--repair", is_flag=True, help="Write the keys that differ, under guard.")
@click.option("--max-rcu", type=click.FloatRange(min=0, min_open=True), help="As for migrate.")
@click.option("--max-wcu", type=click.FloatRange(min=0, min_open=True), help="As for migrate.")
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
    endpoint_url: str | None,
    region: str | None,
    profile: str | None,
    prefix: str | None,
    repair: bool,
    max_rcu: float | None,
    max_wcu: float | None,
    form: str,
) -> int:
    """Recompute every stored index key, and compare every index with its table.

    Judges by the migrations that are applied. Exits with 1 where something is not as it should be.
    """
    from dataclasses import asdict

    from kxmodel.cli.console import visible
    from kxmodel.cli.following import counted, following
    from kxmodel.migrate.run.options import Options
    from kxmodel.migrate.run.verifying import verify

    database = open_database(session, endpoint_url, region, profile, prefix)
    options = Options(max_rcu=max_rcu, max_wcu=max_wcu)
    with following() as tell:
        found = verify(open_folder(session), database, repair=repair, options=options, tell=tell)
    right = all(table.right for table in found)
    if form == "json":
        click.echo(json.dumps([{**asdict(t), "right": t.right} for t in found], indent=2))
        return 0 if right else 1
    for table in found:
        click.echo(visible(f"{table.table}: {counted(table.counts) or 'no items with index keys'}"))
        for each in table.bad[:20]:
            click.echo(visible(f"  bad: {each}"))
        for index in table.indexes:
            verdict = (
                "as its table says"
                if index.same
                else (f"{index.missing:,} missing or other, {index.extra:,} without an item")
            )
            click.echo(visible(f"  {index.index}: {index.entries:,} entries, {verdict}"))
            for key in index.first:
                click.echo(visible(f"    {key}"))
    if not right and not repair:
        click.echo("`kxmodel verify --repair` writes the keys that differ.", err=True)
    return 0 if right else 1
