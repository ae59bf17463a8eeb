"""``kxmodel check``."""

from __future__ import annotations

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel check
  kxmodel check --format github      annotations on a pull request
"""


@click.command("check", epilog=EPILOG)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@pass_session
def command(session: Session, form: str) -> int:
    """Prove the migrations, with no database: for continuous integration.

    That each turns the state before it into the state beside it, that the last state is what the
    schemas say, and that no file differs from its checksum in lock.json. Exits with 1 where not.
    """
    from kxmodel.errors import Location
    from kxmodel.lint import Finding, as_github, as_json, as_text
    from kxmodel.migrate.files import check
    from kxmodel.migrate.state import state_of

    wrong = check(session.config.migrations, state_of(session.tables))
    findings = []
    for error in wrong:
        # What is wrong between files has no place of its own.
        named = error.where or session.config.migrations.as_posix()
        where = named if isinstance(named, Location) else Location(str(named))
        shown = where.file.removeprefix(f"{session.config.root.as_posix()}/")
        at = Location(shown, where.line, where.column)
        findings.append(Finding(error.code, "error", error.message, at, error.fix, "", ""))
    report = {"text": as_text, "json": as_json, "github": as_github}[form]
    click.echo(report(findings), nl=False)
    if not findings:
        click.echo("The migrations lead to what the schemas say.", err=True)
    return 1 if findings else 0
