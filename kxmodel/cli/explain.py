"""``kxmodel explain``."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kxmodel.cli.session import Session, complete_table, pass_session
from kxmodel.errors.base import HELP_PAGE

if TYPE_CHECKING:
    from kxmodel.errors import Code
    from kxmodel.overview import Reading

EPILOG = """\b
Examples:
  kxmodel explain 'tenant123#john.doe@example.com'
  kxmodel explain 'TEMPLATE#fitness' --table personas --index GSI2
  kxmodel explain KX105             what an error means, and what to do
"""


@click.command("explain", epilog=EPILOG)
@click.argument("key")
@click.option("--table", help="Only this table.", shell_complete=complete_table)
@click.option("--index", help="Only this index.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@pass_session
def command(session: Session, key: str, table: str | None, index: str | None, form: str) -> int:
    """Take a key apart: of which entity and index it can be, and what its attributes are.

    Given the code of an error or a finding, tells what that means. Exits with 1 where no template
    of the project gives such a key.
    """
    from kxmodel.errors import CODES

    if row := CODES.get(key.upper()):
        click.echo(json.dumps(asdict(row), indent=2) if form == "json" else _meaning(row))
        return 0
    if table is None and index is None and re.fullmatch(r"(?i)KX\d{3}", key):
        click.echo(f"There is no code {key.upper()}. As a key, give it with --table.", err=True)
        return 1

    from kxmodel.overview import readings

    wanted = [session.table(table)] if table else session.tables
    found = [r for r in readings(wanted, key) if index is None or r.index == index]
    if form == "json":
        click.echo(json.dumps([asdict(reading) for reading in found], indent=2))
    elif found:
        _print(found)
    else:
        click.echo("No template of the schemas gives such a key.", err=True)
    return 0 if found else 1


def _meaning(row: Code) -> str:
    where = f"In the documentation: {HELP_PAGE}#{row.code.lower()}"
    return f"{row.code} {row.title}\n\n{row.cause}\n\nWhat to do: {row.fix}\n\n{where}"


def _print(found: list[Reading]) -> None:
    from kxmodel.cli.console import console, grid

    rows = [
        (
            reading.entity,
            f"{reading.table} {reading.index or '(table)'}",
            f"{reading.attribute}, {reading.role}\n{reading.template}",
            "\n".join(_told(reading)),
        )
        for reading in found
    ]
    console().print(grid(("entity", "table, index", "key", "what it says"), rows))


def _told(reading: Reading) -> list[str]:
    return [
        f"{path} = {text}{' (a part of it: lossy)' if path in reading.lossy else ''}"
        for path, text in reading.sources.items()
    ] or ["(a constant)"]
