"""``kxmodel pause``."""

from __future__ import annotations

import click

from kxmodel.cli.database import Chosen, database_options
from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel pause
  kxmodel pause --endpoint-url http://127.0.0.1:8000
"""


@click.command("pause", epilog=EPILOG)
@database_options
@pass_session
def command(
    session: Session,
    chosen: Chosen,
) -> None:
    """Hold the run that is under way, and any later one, until `kxmodel resume`.

    The run sees it within seconds, finishes the requests under way, and keeps its lease.
    """
    from kxmodel.migrate.run.remote import pause

    pause(chosen.open(session))
    click.echo("Paused. `kxmodel resume` lets it go on.", err=True)
