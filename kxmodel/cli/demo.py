"""``kxmodel demo``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from kxmodel.demo.run import Answer, Event
    from kxmodel.demo.wire import Request

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
    from kxmodel.demo.run import run
    from kxmodel.lint import as_text

    errors, changes = plan_models(session)
    if errors:
        click.echo(as_text(errors), nl=False, err=True)
        return 1
    screen = console()
    for event in run(session.config, session.tables, changes, session.engine(engine)):
        _show(screen, event)
    return 0


def _show(screen: Console, event: Event) -> None:
    from rich.text import Text

    from kxmodel.cli.console import visible
    from kxmodel.demo.run import Step, Unasked

    match event:
        case Step(name, result):
            gap = "\n" if name == "done" else ""
            screen.print(Text.assemble(gap, (f"{name:<10}", "green"), visible(result)))
        case Unasked(call):
            screen.print(Text(f"\n{call}: no example of the schema answers it", style="yellow"))
        case _:
            _show_answer(screen, event)


def _show_answer(screen: Console, answer: Answer) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from kxmodel.cli.console import grid, visible

    screen.print(Text(f"\n{visible(answer.question.pattern.question)}", style="bold green"))
    screen.print(Text(visible(str(answer.question)), style="bold"))
    for request in answer.requests:
        for line in _written(request):
            screen.print(Text(visible(line), style="dim"))
    for each in answer.grids:
        screen.print()
        screen.print(Padding(grid(each.headers, each.rows), (0, 0, 0, 2), expand=False))
    if not answer.grids:
        screen.print("\n  nothing found")


def _written(request: Request) -> Iterator[str]:
    """The request as it was sent, one line for each parameter."""
    yield f"  {request.operation} {{"
    for name, value in request.parameters.items():
        yield f"    {json.dumps(name)}: {json.dumps(value, default=repr, ensure_ascii=False)},"
    yield "  }"
