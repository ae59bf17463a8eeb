"""``kxmodel describe``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kxmodel.cli.session import Session, complete_table, pass_session

if TYPE_CHECKING:
    from rich.console import Console

EPILOG = """\b
Examples:
  kxmodel describe
  kxmodel describe messages
  kxmodel describe messages --format json
"""


@click.command("describe", epilog=EPILOG)
@click.argument("table", required=False, shell_complete=complete_table)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@pass_session
def command(session: Session, table: str | None, form: str) -> None:
    """Show the tables: their keys, entities, indexes and access patterns.

    With TABLE, only that one, its attributes included.
    """
    from kxmodel.overview import summary

    wanted = [session.table(table)] if table else session.tables
    told = [summary(each) for each in wanted]
    if form == "json":
        click.echo(json.dumps(told, indent=2))
        return
    from kxmodel.cli.console import console

    screen = console()
    for each in told:
        _print(screen, each, attributes=table is not None)


def _print(screen: Console, table: dict[str, Any], *, attributes: bool) -> None:
    from rich.text import Text

    from kxmodel.cli.console import grid, visible

    screen.print(Text(f"{table['name']}", style="bold"), Text(f"({table['source']})", style="dim"))
    screen.print(Text(visible(table["description"].partition("\n\n")[0])))
    for entity in table["entities"]:
        keys = ", ".join(f"{name} = {template}" for name, template in entity["keys"].items())
        screen.print(Text(f"\n{entity['name']}: {visible(keys)}"))
        if attributes:
            members = [
                (a["name"], "required" if a["required"] else "", a["description"])
                for a in entity["attributes"]
            ]
            screen.print(grid(("attribute", "", "description"), members))
    if table["indexes"]:
        indexes = [(i["name"], _keys(i), _projection(i), i["purpose"]) for i in table["indexes"]]
        screen.print()
        screen.print(grid(("index", "keys", "projection", "purpose"), indexes))
    if table["patterns"]:
        patterns = [
            (p["call"], p["question"], p["index"] or "(table)", _order(p))
            for p in table["patterns"]
        ]
        screen.print()
        screen.print(grid(("access pattern", "question", "reads", "gives"), patterns))
    screen.print()


def _keys(index: dict[str, Any]) -> str:
    lines = [
        f"{entity}: {name} = {template}" if len(index["filled_by"]) > 1 else f"{name} = {template}"
        for entity, keys in index["filled_by"].items()
        for name, template in keys.items()
    ]
    return "\n".join(lines) or ", ".join(index["hash"] + index["range"])


def _projection(index: dict[str, Any]) -> str:
    projection = index["projection"]
    return projection if isinstance(projection, str) else ", ".join(projection)


def _order(pattern: dict[str, Any]) -> str:
    if pattern["result"] == "one":
        return "one or none"
    order = f" by {pattern['range']}, {pattern['order']}" if pattern["range"] else ""
    return f"{', '.join(pattern['returns'])}{order}"
