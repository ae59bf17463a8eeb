"""``kxmodel engine``."""

from __future__ import annotations

import json

import click

EPILOG = """\b
Examples:
  kxmodel engine list
  kxmodel engine install ministack
"""


@click.group("engine", epilog=EPILOG)
def command() -> None:
    """See and install local DynamoDB engines."""


@command.command("list")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the list.",
)
def list_engines(form: str) -> None:
    """List every engine, best first: found where, or how to get it."""
    from kxmodel.cli.console import console, grid
    from kxmodel.engines import status

    rows = status()
    if form == "json":
        told = [
            {
                "name": row.engine.name,
                "about": row.engine.about,
                "found": row.found is not None,
                "version": row.found.version if row.found else row.engine.version,
                "program": str(row.found.program) if row.found else None,
                "source": row.found.source if row.found else None,
                "advice": row.advice or None,
            }
            for row in rows
        ]
        click.echo(json.dumps(told, indent=2))
        return
    console().print(
        grid(
            ("engine", "here", "what it is"),
            [
                (
                    row.engine.name,
                    f"{row.found.version}, in {row.found.source}" if row.found else row.advice,
                    row.engine.about,
                )
                for row in rows
            ],
        )
    )


@command.command("install")
@click.argument("name", type=click.Choice(["auto", "dynoxide", "ministack", "moto"]))
def install_engine(name: str) -> None:
    """Install the pinned version of an engine into your cache folder, its checksum verified.

    With `auto`: MiniStack, which needs only pip, unless a dynoxide is here.
    """
    from kxmodel.engines import find, install

    if name == "auto":
        name = "dynoxide" if find("dynoxide") else "ministack"
    found = find(name) or install(name, progress=lambda line: click.echo(line, err=True))
    click.echo(f"{found.name} {found.version} is ready: {found.program}")
