"""``kxmodel generate``."""

from __future__ import annotations

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel generate
  kxmodel generate --check          for continuous integration
"""


@click.command("generate", epilog=EPILOG)
@click.option("--check", is_flag=True, help="Write nothing; show the difference and exit with 1.")
@pass_session
def command(session: Session, check: bool) -> int:
    """Write the models that the schemas describe.

    Nothing is written unless every schema could be read and lint found no error in it. Of the files
    in the models folder, only those that bear kxmodel's header are ever changed or removed.
    """
    from kxmodel.cli.work import plan_models
    from kxmodel.emit.write import apply
    from kxmodel.lint import as_text

    errors, changes = plan_models(session)
    if errors:
        click.echo(as_text(errors), nl=False, err=True)
        click.echo("Nothing was written, since lint found errors.", err=True)
        return 1
    folder = session.config.models.relative_to(session.config.root)
    if check:
        click.echo(changes.diff(), nl=False)
        verdict = "differs from what the schemas say" if changes else "is up to date"
        click.echo(f"{folder} {verdict}.", err=True)
        return 1 if changes else 0
    apply(changes)
    for done, paths in (
        ("created", changes.created),
        ("changed", changes.changed),
        ("removed", changes.removed),
    ):
        for path in paths:
            click.echo(f"{done} {folder / path}", err=True)
    click.echo(f"{folder}: {len(changes.files)} files are as the schemas say.", err=True)
    return 0
