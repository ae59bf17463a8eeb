"""A run of migrations as it goes on: lines on stderr, and a bar where somebody looks."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import click

from kxmodel.cli.console import visible
from kxmodel.migrate.backfill import Progress
from kxmodel.migrate.run import events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.progress import Progress as Bars
    from rich.progress import TaskID

#: Seconds between two lines of progress where nobody looks through a terminal.
_INTERVAL: Final = 10.0

_ORDER: Final = ("scanned", "updated", "already", "skipped", "gone", "bad", "failed")


@contextmanager
def following() -> Iterator[Callable[[events.Event], None]]:
    """What shows a run's events while the block runs.

    A pipe that is closed or a terminal that is gone ends no run: what cannot be shown is not.
    """
    if not sys.stderr.isatty():
        yield _heedless(_Lines().tell)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bars = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True, highlight=False, emoji=False, markup=False),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )
    with bars:
        yield _heedless(_Terminal(bars).tell)


def _heedless(tell: Callable[[events.Event], None]) -> Callable[[events.Event], None]:
    def told(event: events.Event) -> None:
        with suppress(OSError):
            tell(event)

    return told


class _Lines:
    """A line for each thing that happens, and one of progress now and then."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._told = ""

    def tell(self, event: events.Event) -> None:
        if isinstance(event, events.Work):
            if isinstance(event.event, Progress):
                self.progress(event.event)
        elif isinstance(event, events.Awaited):
            self.awaited(event.phase.subject, event.phase.state)
        elif line := line_of(event):
            self.say(line)

    def say(self, line: str) -> None:
        click.echo(visible(line), err=True)

    def awaited(self, subject: str, state: str) -> None:
        line = f"  {subject}: {state}"
        if line != self._told:
            self._told = line
            self.say(line)

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _INTERVAL:
            self._last = now
            share = _share(progress)
            left = f", {share:.0%}" if share else ""
            self.say(f"  {_done(progress)}{left}, {now - self._start:.0f} s")


class _Terminal(_Lines):
    """Lines above a bar with the rate and the time left."""

    def __init__(self, bars: Bars) -> None:
        super().__init__()
        self._bars = bars
        self._task: TaskID | None = None
        self._since: tuple[float, int] = (0.0, 0)

    def tell(self, event: events.Event) -> None:
        if isinstance(event, events.OperationEnded) and self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None
        super().tell(event)

    def say(self, line: str) -> None:
        self._bars.console.print(visible(line))

    def progress(self, progress: Progress) -> None:
        now, scanned = time.monotonic(), progress.counts.scanned
        if self._task is None:
            self._since = now, scanned
            self._task = self._bars.add_task("items", total=None, told="")
        took = now - self._since[0]
        rate = f", {(scanned - self._since[1]) / took:,.0f}/s" if took > 1 else ""
        total = max(progress.expected, scanned) or None
        self._bars.update(
            self._task, completed=scanned, total=total, told=f"{_done(progress)}{rate}"
        )


def line_of(event: events.Event) -> str | None:
    """An event as a line of text; None where there is nothing to say."""
    match event:
        case events.LeaseAwaited(holder):
            return f"The lease is held by {holder}; watching for up to {holder.duration:g} s."
        case events.RunsBeside(holder):
            return f"Meanwhile the lease is held by {holder}: what it has half done may look wrong."
        case events.MigrationBegun(revision, "up", done, total):
            return f"{revision}: applying" + (f", from {done} of {total} on" if done else "")
        case events.MigrationBegun(revision, _, _, _):
            return f"{revision}: undoing"
        case events.OperationBegun(_, number, total, sentence):
            return f"  [{number}/{total}] {sentence}"
        case events.OperationEnded(_, _, _, seconds, counts, note):
            told = ", ".join(x for x in (note, counted(counts)) if x)
            return (
                f"    {seconds:.1f} s{': ' + told if told else ''}" if told or seconds > 1 else None
            )
        case events.Paused(by):
            return f"Paused by {by}; `kxmodel resume` lets it go on."
        case events.Resumed():
            return "Resumed."
        case events.RateChanged(wcu, rcu):
            return f"Rate: {_rate(wcu)} write and {_rate(rcu)} read capacity units a second."
        case events.MigrationEnded(revision, way, exceptions):
            verb = "applied" if way == "up" else "rolled back"
            return f"{revision}: {verb}" + (f" with {exceptions} exceptions" if exceptions else "")
    return None


def counted(counts: Mapping[str, int]) -> str:
    """Counts of items in words, without those that are none."""
    order = sorted(counts, key=lambda name: (_ORDER.index(name) if name in _ORDER else 99, name))
    return ", ".join(f"{counts[name]:,} {name}" for name in order if counts[name])


def _done(progress: Progress) -> str:
    return f"{progress.counts.scanned:,} items, {progress.counts.updated:,} written, {progress.counts.bad:,} bad"


def _share(progress: Progress) -> float:
    """By work units, and not more than by items: one unit may hold most of the table."""
    units = progress.done / progress.units if progress.units else 0.0
    return min(units, progress.counts.scanned / progress.expected) if progress.expected else units


def _rate(units: float | None) -> str:
    return "unlimited" if units is None else f"{units:,g}"
