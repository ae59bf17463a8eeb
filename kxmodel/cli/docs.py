"""``kxmodel docs``."""

from __future__ import annotations

from pathlib import Path

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel docs                      into build/docs
  kxmodel docs -o docs/tables
  kxmodel docs -o docs/tables --check
  kxmodel docs --record             run the programs of the pages, then write
"""


@click.command("docs", epilog=EPILOG)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    default="build/docs",
    show_default=True,
    help="Where the pages go, relative to the project.",
)
@click.option("--check", is_flag=True, help="Write nothing; list what differs and exit with 1.")
@click.option(
    "--record",
    is_flag=True,
    help="First ask every access pattern of a local DynamoDB, and keep the answers.",
)
@pass_session
def command(session: Session, output: str, check: bool, record: bool) -> int:
    """Write the documentation of the tables as Markdown and SVG.

    The pages need no tool to be read. In a MkDocs site the plugin `kxmodel` shows the same ones.
    Files in FOLDER that no earlier run wrote are never overwritten and never removed.

    The answers that the pages show are recorded: --record runs the pages' programs (Python, boto3,
    Node and the AWS CLI, as far as they are installed) against a local DynamoDB that holds the
    schemas' examples, and writes what comes back into the project's folder `answers`. Commit it.
    """
    from kxmodel.docs.site import plain_pages
    from kxmodel.site.reading import read_project
    from kxmodel.site.writing import MANIFEST, apply, plan

    if record and check:
        raise click.UsageError("--record writes, and --check does not")
    if record:
        _record(session)
    folder = session.config.root / Path(output)
    made = plain_pages(read_project(session.config))
    changes = plan(made, folder)
    if not check:
        apply(changes)
    for path in changes.written:
        if path != MANIFEST:
            click.echo(f"{'differs' if check else 'wrote'} {Path(output) / path}", err=True)
    for path in changes.removed:
        click.echo(f"{'left over' if check else 'removed'} {Path(output) / path}", err=True)
    if check:
        verdict = "differs from what the schemas say" if changes else "is up to date"
        click.echo(f"{output} {verdict}.", err=True)
        return 1 if changes else 0
    click.echo(f"{output}: {len(made)} files are as the schemas say.", err=True)
    return 0


def _record(session: Session) -> None:
    from kxmodel.docs.snippets import LANGUAGES
    from kxmodel.site.answers import write_answers
    from kxmodel.site.recording import record

    recorded = record(session.config, session.tables, session.engine(None))
    for language, lack in recorded.missing.items():
        click.echo(f"left out {LANGUAGES[language][0]}: needs {lack}", err=True)
    for path in write_answers(session.config.answers, session.tables, recorded.answers):
        click.echo(f"wrote {path.relative_to(session.config.root)}", err=True)
