"""``kxmodel init``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel init
  kxmodel init --models src/app/tables
"""


@click.command("init", epilog=EPILOG)
@click.option("--models", metavar="FOLDER", help="Where to generate the models.")
@pass_session
def command(session: Session, models: str | None) -> None:
    """Start using kxmodel in the project of this folder.

    Writes settings ([tool.kxmodel] of pyproject.toml, or kxmodel.toml), an example schema, and a
    script that uses its model. A file that is there already is left as it is.
    """
    from kxmodel.engines import best
    from kxmodel.scaffold import plan_scaffold, write_scaffold

    scaffold = plan_scaffold(session.folder, models)
    written, kept = write_scaffold(scaffold)
    for paths, what in ((written, "wrote"), (kept, "kept ")):
        for path in paths:
            click.echo(f"{what} {_shown(path, session.folder)}", err=True)
    python = Path(sys.executable).name
    steps = [
        ("kxmodel lint", "check the schema"),
        (
            "kxmodel generate",
            f"write the models into {_shown(scaffold.config.models, session.folder)}",
        ),
        *([] if best() else [("kxmodel engine install ministack", "get a local DynamoDB")]),
        (f"{python} {_shown(scaffold.example, session.folder)}", "use them"),
    ]
    width = max(len(step) for step, _ in steps)
    click.echo("\nNext:")
    for step, why in steps:
        click.echo(f"  {step:<{width}}   {why}")


def _shown(path: Path, folder: Path) -> Path:
    here = folder.resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path
