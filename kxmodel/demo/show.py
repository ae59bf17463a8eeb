"""The demonstration on a terminal, or in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.cli.console import grid, visible
from kxmodel.demo.run import Answer, Event, Step, Unasked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from kxmodel.demo.wire import Request


def show(screen: Console, event: Event) -> None:
    """Print one event of the demonstration."""
    from rich.padding import Padding
    from rich.text import Text

    match event:
        case Step(name, result):
            gap = "\n" if name == "done" else ""
            screen.print(Text.assemble(gap, (f"{name:<10}", "green"), visible(result)))
        case Unasked(call):
            screen.print(Text(f"\n{call}: no example of the schema answers it", style="yellow"))
        case Answer(question, sent, grids):
            screen.print()
            screen.rule(Text(visible(question.pattern.question)), align="left", style="dim")
            screen.print(Text(visible(str(question)), style="bold"))
            for line in (line for request in sent for line in written(request)):
                screen.print(Padding(Text(visible(line), style="dim"), (0, 0, 0, 2)))
            screen.print()
            for each in grids:
                screen.print(Padding(grid(each.headers, each.rows), (0, 0, 0, 2)))
            if not grids:
                screen.print("  nothing found")


def written(request: Request) -> Iterator[str]:
    """The request as it was sent, one line for each parameter."""
    yield f"{request.operation} {{"
    for name, value in request.parameters.items():
        yield f"  {json.dumps(name)}: {json.dumps(value, default=repr, ensure_ascii=False)}"
    yield "}"
