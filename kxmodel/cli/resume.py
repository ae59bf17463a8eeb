"""``kxmodel resume``."""

from __future__ import annotations

import click

from kxmodel.cli.database import Chosen, database_options
from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel resume
  kxmodel resume --endpoint-url http://127.0.0.1:8000
"""


@click.command("resume", epilog=EPILOG)
@database_options
@pass_session
def command(
    session: Session,
    chosen: Chosen,
) -> None:
    """Let a paused run go on.

    Where its process has ended, the next `kxmodel migrate` goes on with it.
    """
    from kxmodel.migrate.run.remote import resume

    resume(chosen.open(session))
    click.echo("Resumed.", err=True)
