"""How an error ends the command: one clear message, and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Final

import click

from kxmodel.errors import CODES, KxError, UsageError

FAILED: Final = 1
USAGE: Final = 2
#: What shells report of a process that Ctrl-C ended.
INTERRUPTED: Final = 130


def explain_failure(error: Exception, *, debug: bool, colour: bool | None) -> int:
    """Say on stderr what went wrong, and return the exit code."""
    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KxError):
        _say(str(error), colour)
        click.echo(f"  help: kxmodel explain {error.code}", err=True)
        return USAGE if isinstance(error, UsageError) else FAILED
    if debug:
        traceback.print_exception(error)
    told = " ".join(str(error).split())
    row = CODES["KX001"]
    _say(f"{row.code} {type(error).__name__}: {told}", colour)
    click.echo(f"  {row.cause} {row.fix}", err=True)
    if not debug:
        again = " ".join(["kxmodel --debug", *sys.argv[1:]])
        click.echo(f"  `{again}` shows where.", err=True)
    return FAILED


def _say(message: str, colour: bool | None) -> None:
    lines = (_visible(line) for line in message.split("\n"))
    mark = click.style("error:", fg="red", bold=True)
    click.echo(f"{mark} {os.linesep.join(lines)}", err=True, color=colour)


def _visible(line: str) -> str:
    """A line without characters that would steer the terminal."""
    return "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in line)
