"""``kxmodel import``: a group, one command for each source."""

from __future__ import annotations

from pathlib import Path

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel import workbench Forum.json
  kxmodel import workbench Forum.json -o drafts/
"""


@click.group("import", epilog=EPILOG)
def command() -> None:
    """Draft schemas from what exists elsewhere.

    A draft is a beginning: it lints, and says in $comment and here what nobody but you can know.
    """


@command.command("workbench", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the drafts go; by default the project's schemas folder.",
)
@pass_session
def workbench(session: Session, file: Path, output: Path | None) -> None:
    """Draft a schema for each table of the NoSQL Workbench data model FILE.

    Entities and key templates are guessed from the sample items and the facets. No file that exists
    is ever overwritten.
    """
    from kxmodel.adopt.saving import save_drafts
    from kxmodel.adopt.workbench import import_workbench
    from kxmodel.cli.console import visible

    drafts = import_workbench(file)
    folder = output if output is not None else session.config.schemas
    for draft, path in zip(drafts, save_drafts(drafts, folder), strict=True):
        entities = ", ".join(draft.entities)
        click.echo(f"wrote {path}: {entities}", err=True)
        for remark in draft.remarks:
            click.echo(f"  - {visible(remark)}", err=True)
    click.echo("Next: correct the drafts, then `kxmodel lint`.", err=True)
