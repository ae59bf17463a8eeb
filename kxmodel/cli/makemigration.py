"""``kxmodel makemigration``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from kxmodel.migrate.diff import Rename

EPILOG = """\b
Examples:
  kxmodel makemigration
  kxmodel makemigration -m "messages by lead"
  kxmodel makemigration --merge      join two branches
  kxmodel makemigration --relock     after writing one by hand
"""


@click.command("makemigration", epilog=EPILOG)
@click.option("-m", "--message", default="", help="What it does: its name and its first line.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the file.")
@click.option("--allow-outage", is_flag=True, help="Change keys and indexes in place.")
@click.option(
    "--writers-ready",
    is_flag=True,
    help="The deployed writers do already what the schemas say: plan no waiting for them.",
)
@click.option("--merge", is_flag=True, help="Join the branches that the migrations end in.")
@click.option(
    "--relock", is_flag=True, help="Only write lock.json and the snapshots anew from the files."
)
@pass_session
def command(
    session: Session,
    message: str,
    dry_run: bool,
    allow_outage: bool,
    writers_ready: bool,
    merge: bool,
    relock: bool,
) -> int:
    """Write the migration from where the migrations end to what the schemas say.

    The state after it is written beside it, and its checksum into lock.json. No database is asked.
    """
    from kxmodel.errors import UsageError
    from kxmodel.migrate import making
    from kxmodel.migrate.diff import Options
    from kxmodel.migrate.files import load_folder
    from kxmodel.migrate.state import state_of

    if merge and relock:
        raise UsageError("--merge and --relock are two different things", fix="Give one of them.")
    folder = load_folder(session.config.migrations)
    schemas = state_of(session.tables)
    options = Options(
        allow_outage=allow_outage,
        writers_ready=writers_ready,
        ask=_ask if sys.stdin.isatty() and sys.stderr.isatty() else None,
    )
    made: making.Made | None
    if relock:
        made = making.relock(folder, schemas)
    elif merge:
        made = making.make_merge(folder, schemas, options, message)
    else:
        made = making.make_next(folder, schemas, options, message)
    if made is None:
        click.echo("There is one head." if merge else "No change.", err=True)
        return 0
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    if dry_run:
        for name, text in made.files.items():
            if name.endswith(".py"):
                click.echo(text, nl=False)
        return 0
    for path in making.apply(folder, made):
        click.echo(f"wrote {path.relative_to(session.config.root)}", err=True)
    for operation in made.migration.operations if made.migration else ():
        click.echo(f"  - {operation.describe()}", err=True)
    return 0


def _ask(rename: Rename) -> bool:
    return click.confirm(
        f"{rename.table}: was {rename.old!r} of {rename.entity} renamed to {rename.new!r}?",
        err=True,
    )
