"""The root of the command line, and how it ends."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kxmodel import __version__
from kxmodel.cli.failure import explain_failure
from kxmodel.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The verbs, in the order in which a newcomer meets them. Each is a module here, and the command in
#: it is called `command`.
VERBS: Final = (
    "init",
    "lint",
    "generate",
    "makemigration",
    "check",
    "plan",
    "migrate",
    "status",
    "pause",
    "resume",
    "rate",
    "verify",
    "describe",
    "explain",
    "validate",
    "docs",
    "export",
    "import",
    "dev",
    "engine",
    "demo",
    "completion",
)

#: Verbs whose module has another name, since Python keeps theirs for itself.
MODULES: Final = {"import": "adopt"}


class Verbs(click.Group):
    """Imports a verb when it is asked for, or listed. The verbs import their work in turn."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(
            f"kxmodel.cli.{MODULES.get(cmd_name, cmd_name)}"
        ).command
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kxmodel", message="%(prog)s %(version)s")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Act as if started in this folder.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_obj
def cli(session: Session, project: Path | None, debug: bool) -> None:
    """Schema as code for DynamoDB single-table design.

    A JSON Schema file describes a table: its keys, entities, indexes and access patterns. From it
    kxmodel generates PynamoDB models, and checks that they keep what the schema says.

    \b
    Examples:
      kxmodel init          start in another project
      kxmodel lint          check the schemas
      kxmodel generate      write the models
      kxmodel dev           run a local DynamoDB
      kxmodel demo          see all of it at work
    """
    session.debug = debug
    session.folder = project or session.folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` default to the process's own."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character still gets it
            stream.reconfigure(errors="backslashreplace")
    session = Session(folder=Path.cwd())
    colour = False if os.environ.get("NO_COLOR") else None
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="kxmodel",
            standalone_mode=False,
            obj=session,
            color=colour,
        )
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone: what Python would still write at its end has nowhere to go either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return explain_failure(error, debug=session.debug, colour=colour)
    return code if isinstance(code, int) else 0
