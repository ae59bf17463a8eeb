"""``kxmodel dev``."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from kxmodel.engines import RunningEngine

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
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Where it listens; by default a free port.",
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
    from kxmodel.engines import start

    with start(session.engine(engine), port=port, data=data) as running:
        signals: list[
            int
        ] = []  # not an Event: a handler must take no lock that its thread may hold
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda signum, _: signals.append(signum))
        if create_tables:
            _create_tables(session, running)
        click.echo(f"{running.name} {running.version} is ready at {running.endpoint_url}")
        click.echo(
            f"Point your program at it: export AWS_ENDPOINT_URL_DYNAMODB={running.endpoint_url}\n"
            "Ctrl-C stops it.",
            err=True,
        )
        while not signals:
            if not running.running:
                _raise_ended(running)
            time.sleep(0.1)
    click.echo(f"{running.name} has stopped.", err=True)


def _create_tables(session: Session, running: RunningEngine) -> None:
    from kxmodel.cli.work import plan_models
    from kxmodel.demo.run import create_all

    _, changes = plan_models(session)
    for name in create_all(session.config, session.tables, changes, running):
        click.echo(f"created table {name}", err=True)


def _raise_ended(running: RunningEngine) -> NoReturn:
    from kxmodel.errors import EngineError

    lines = "".join(f"\n  | {line}" for line in running.stop().strip().splitlines()[-12:])
    raise EngineError(f"{running.name} ended by itself. Its last words:{lines}", code="KX502")
