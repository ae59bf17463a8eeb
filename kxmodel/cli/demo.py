"""``kxmodel demo``."""

from __future__ import annotations

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel demo
  kxmodel demo --engine moto
"""


@click.command("demo", epilog=EPILOG)
@click.option(
    "--engine",
    type=click.Choice(["auto", "dynoxide", "ministack", "moto"]),
    help="Which local DynamoDB; by default the project's setting, or the best one found.",
)
@pass_session
def command(session: Session, engine: str | None) -> int:
    """Show the project at work on a local DynamoDB.

    Lints the schemas, generates the models, creates the tables, loads the schemas' examples, and
    answers every access pattern, each with the request that was sent. Nothing is kept.
    """
    from kxmodel.cli.console import console
    from kxmodel.cli.work import plan_models
    from kxmodel.demo import show
    from kxmodel.demo.run import run
    from kxmodel.lint import as_text

    errors, changes = plan_models(session)
    if errors:
        click.echo(as_text(errors), nl=False, err=True)
        return 1
    screen = console()
    for event in run(session.config, session.tables, changes, session.engine(engine)):
        show.show(screen, event)
    return 0
