"""``kxmodel lint``."""

from __future__ import annotations

from pathlib import Path

import click

from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel lint
  kxmodel lint schemas/messages.json
  kxmodel lint --format github      annotations on a pull request
"""


@click.command("lint", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@pass_session
def command(session: Session, paths: tuple[Path, ...], form: str, strict: bool) -> int:
    """Check schemas: does each access pattern get its answer, and do the keys hold?

    PATHS are schema files or folders of them; by default the project's schemas. Exits with 1 where
    an error was found.
    """
    from kxmodel.cli.work import lint_paths
    from kxmodel.lint import as_github, as_json, as_text

    findings = lint_paths(session, paths)
    report = {"text": as_text, "json": as_json, "github": as_github}[form]
    click.echo(report(findings), nl=False)
    if findings and form == "text":
        click.echo(f"help: kxmodel explain {findings[0].code}", err=True)
    failing = {"error", "warning"} if strict else {"error"}
    return 1 if any(finding.severity in failing for finding in findings) else 0
