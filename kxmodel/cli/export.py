"""``kxmodel export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kxmodel.cli.session import Session, complete_table, pass_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.ir import Table

EPILOG = """\b
Examples:
  kxmodel export --list                                  the formats and their settings
  kxmodel export cloudformation -o template.json
  kxmodel export typescript -o frontend/src/tables/
  kxmodel export jsonschema --table leads                one table to the terminal
  kxmodel export samples --set count=500 -o samples/
"""


def _complete_format(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from kxmodel.emit.registry import names

    return [name for name in names() if name.startswith(typed)]


@click.command("export", epilog=EPILOG)
@click.argument("name", metavar="NAME", required=False, shell_complete=_complete_format)
@click.option("-o", "--output", metavar="FILE", help="A file, or a folder for several.")
@click.option("--table", "only", multiple=True, help="This table alone; may be given again.",
              shell_complete=complete_table)  # fmt: skip
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=TEXT", help="A setting of the format."
)
@click.option("--list", "listing", is_flag=True, help="Show the formats and their settings.")
@pass_session
def command(
    session: Session,
    name: str | None,
    output: str | None,
    only: tuple[str, ...],
    settings: tuple[str, ...],
    listing: bool,
) -> int:
    """Write the tables in another tool's format NAME.

    One file goes to the terminal, or to the FILE named with -o; several go into a folder. The same
    schemas give the same bytes on every machine.
    """
    from kxmodel.emit.registry import emitter
    from kxmodel.emit.saving import save
    from kxmodel.errors import UsageError

    if listing:
        _list()
        return 0
    if name is None:
        raise UsageError("no format is named", fix="Give one of `kxmodel export --list`.")
    files = emitter(name).run(_sound(session, only), _given(settings))
    if output is None and len(files) == 1:
        click.echo(next(iter(files.values())), nl=False)
        return 0
    for place, changed in save(files, output):
        click.echo(f"{'wrote' if changed else 'unchanged'} {place}", err=True)
    return 0


def _sound(session: Session, only: Sequence[str]) -> Sequence[Table]:
    """The tables asked for. Raises SchemaError for the first error that lint finds in them."""
    from kxmodel.errors import SchemaError
    from kxmodel.lint import lint_tables

    chosen = tuple(session.table(name) for name in dict.fromkeys(only)) or session.tables
    for finding in lint_tables(session.tables):
        if finding.severity == "error":
            raise SchemaError(
                finding.message, code=finding.code, where=finding.location, fix=finding.fix
            )
    return chosen


def _given(settings: Sequence[str]) -> Mapping[str, str]:
    from kxmodel.errors import UsageError

    given: dict[str, str] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or name in given:
            problem = "is given twice" if sign else "is not NAME=TEXT"
            raise UsageError(f"--set {setting!r} {problem}", fix="Give --set NAME=TEXT, each once.")
        given[name] = text
    return given


def _list() -> None:
    from kxmodel.emit.registry import emitter, names

    for name in names():
        found = emitter(name)
        click.echo(f"{name:<16}{found.summary}")
        for setting in found.settings:
            texts = " | ".join(setting.choices) or setting.default or "text"
            click.echo(f"{'':<16}  --set {setting.name}={texts}: {setting.meaning}")
