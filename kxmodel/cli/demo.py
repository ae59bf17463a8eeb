"""``kxmodel demo``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from kxmodel.demo.events import Answer, Event, Findings, Grid, Next, Step
    from kxmodel.demo.wire import Request

EPILOG = """\b
Examples:
  kxmodel demo
  kxmodel demo --engine moto
  kxmodel demo --count 20000
"""

#: Rows of an answer that are shown.
_ROWS = 6


@click.command("demo", epilog=EPILOG)
@click.option(
    "--engine",
    type=click.Choice(["auto", "dynoxide", "ministack", "moto"]),
    help="Which local DynamoDB; by default the project's setting, or the best one found.",
)
@click.option(
    "--count",
    type=click.IntRange(1, 1_000_000),
    help="Legacy items to migrate; by default what takes some seconds.",
)
@pass_session
def command(session: Session, engine: str | None, count: int | None) -> int:
    """Show the project at work on a local DynamoDB.

    Lints the schemas, generates the models, loads legacy items, migrates them with the project's
    migrations, reports what is wrong with them, and answers every access pattern, each with the
    request that was sent. Without migrations it loads the schemas' examples. In the project, nothing
    is changed.
    """
    from kxmodel.cli.console import console
    from kxmodel.cli.following import following
    from kxmodel.cli.work import plan_models
    from kxmodel.demo.run import Wishes, run
    from kxmodel.lint import as_text

    errors, changes = plan_models(session)
    if errors:
        click.echo(as_text(errors), nl=False, err=True)
        return 1
    screen = console()
    wishes = Wishes(count, following)
    for event in run(session.config, session.tables, changes, session.engine(engine), wishes):
        _show(screen, event)
    return 0


def _show(screen: Console, event: Event) -> None:
    from rich.text import Text

    from kxmodel.cli.console import visible
    from kxmodel.demo.events import Answer, Findings, Step, Unasked

    match event:
        case Step():
            _show_step(screen, event)
        case Unasked(call):
            screen.print(Text(f"\n{visible(call)}: no example of the schema answers it", "yellow"))
        case Findings():
            _show_findings(screen, event)
        case Answer():
            _show_answer(screen, event)
        case _:
            _show_next(screen, event)


def _show_step(screen: Console, step: Step) -> None:
    from rich.text import Text

    from kxmodel.cli.console import visible

    if step.opens:
        screen.print()
    screen.print(Text.assemble((f"{step.name:<10}", "green"), visible(step.result)))


def _show_findings(screen: Console, found: Findings) -> None:
    from rich.text import Text

    from kxmodel.cli.console import visible

    screen.print(Text.assemble((f"{'report':<10}", "green"), visible(found.verdict)))
    _show_grid(screen, found.problems, len(found.problems.rows))
    if found.left.rows:
        screen.print(
            "\nLeft as they are, so that `kxmodel migrate` would end with code 4; some of them:"
        )
        _show_grid(screen, found.left, len(found.left.rows))
    screen.print(
        Text(visible(f"\n  as a page: {found.page}\n  all bad items: {found.lines}/*.jsonl"))
    )


def _show_answer(screen: Console, answer: Answer) -> None:
    from rich.text import Text

    from kxmodel.cli.console import visible

    screen.print(Text(f"\n{visible(answer.question.pattern.question)}", style="bold green"))
    screen.print(Text(visible(str(answer.question)), style="bold"))
    for request in answer.requests:
        for line in _written(request):
            screen.print(Text(visible(line), style="dim"))
    for each in answer.grids:
        _show_grid(screen, each, _ROWS)
    if not answer.grids:
        screen.print("\n  nothing found")


def _show_grid(screen: Console, shown: Grid, most: int) -> None:
    from rich.padding import Padding

    from kxmodel.cli.console import grid

    screen.print()
    table = grid(shown.headers, shown.rows[:most])
    screen.print(Padding(table, (0, 0, 0, 2), expand=False))
    if len(shown.rows) > most:
        screen.print(f"  and {len(shown.rows) - most:,} more")


def _show_next(screen: Console, following: Next) -> None:
    from rich.text import Text

    screen.print("\nTo try next:")
    for line, meaning in following.commands:
        screen.print(Text.assemble("  ", (f"{line:<24}", "bold"), meaning))


def _written(request: Request) -> Iterator[str]:
    """The request as it was sent, one line for each parameter."""
    yield f"  {request.operation} {{"
    for name, value in request.parameters.items():
        yield f"    {json.dumps(name)}: {json.dumps(value, default=repr, ensure_ascii=False)},"
    yield "  }"
