"""``kxmodel dev``."""

from __future__ import annotations

from pathlib import Path

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel dev
  kxmodel dev --port 8000 --data .kxmodel/data
  kxmodel dev --engine ministack --create-tables
"""


@click.command("dev", epilog=EPILOG)
@click.option(
    "--engine",
    type=click.Choice(["auto", "dynoxide", "ministack", "moto"]),
    help="Which one; by default the project's setting, or the best one found.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Where it listens; by default a free port."
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to keep the tables in; by default they are gone at the end.",
)
@click.option("--create-tables", is_flag=True, help="Create the project's tables in it.")
@pass_session
def command(
    session: Session, engine: str | None, port: int, data: Path | None, create_tables: bool
) -> None:
    """Run a local DynamoDB until Ctrl-C.

    It listens on the loopback address only. One line on stdout says when it answers, and where.
    """
    from kxmodel.demo.serve import create_all, serve
    from kxmodel.engines import start

    with start(session.engine(engine), port=port, data=data) as running:
        if create_tables:
            for name in create_all(session.config, session.tables, running):
                click.echo(f"created table {name}", err=True)
        click.echo(f"{running.name} {running.version} is ready at {running.endpoint_url}")
        click.echo(
            f"Point your program at it: export AWS_ENDPOINT_URL_DYNAMODB={running.endpoint_url}\n"
            "Ctrl-C stops it.",
            err=True,
        )
        serve(running)
    click.echo(f"{running.name} has stopped.", err=True)
