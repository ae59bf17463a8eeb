"""How far a long piece of work is: a bar on a terminal, a line now and then elsewhere. On stderr."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

    from kxmodel.report import Progress

#: Seconds between two lines where nobody looks through a terminal.
_INTERVAL: Final = 10.0


@contextmanager
def meter() -> Iterator[Callable[[Progress], None]]:
    """What shows the progress of validation while the block runs; nothing of a bar is left after it."""
    if sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _lines()


def _lines() -> Callable[[Progress], None]:
    start = last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _INTERVAL:
            last = now
            share = f", {100 * progress.done / progress.size:.0f} %" if progress.size else ""
            click.echo(
                f"{progress.source}: {progress.items:,} items{share}, {progress.bad:,} bad, "
                f"{now - start:.0f} s",
                err=True,
            )

    return show


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar by rich, which keeps to NO_COLOR (https://no-color.org) by itself."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from kxmodel.cli.console import visible

    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True, highlight=False, emoji=False),
        transient=True,
        # What is written meanwhile goes above the bar, but only where both share the terminal.
        redirect_stdout=sys.stdout.isatty(),
    )
    tasks: dict[str, TaskID] = {}

    def show(progress: Progress) -> None:
        task = tasks.get(progress.source)
        if task is None:
            for former in tasks.values():
                bars.update(former, visible=False)
            name = escape(visible(progress.source)[-40:])
            task = tasks[progress.source] = bars.add_task(name, total=None, told="")
        told = f"{progress.items:,} items, {progress.bad:,} bad"
        # DynamoDB's own count of a table's items may be hours old.
        total = max(progress.size, progress.done) or None
        bars.update(task, completed=progress.done, total=total, told=told)

    with bars:
        yield show
