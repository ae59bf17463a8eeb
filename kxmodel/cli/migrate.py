"""``kxmodel migrate``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

import click

from kxmodel.cli.amount import Amount
from kxmodel.cli.database import Chosen, database_options, open_folder
from kxmodel.cli.executor import executor_options, open_executor
from kxmodel.cli.session import Session, pass_session
from kxmodel.cli.stopping import stop_on_signals

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.migrate.run.events import Outcome

EPILOG = """\b
Examples:
  kxmodel migrate                                 apply everything that is pending
  kxmodel migrate 0003                            go to a revision, up or down
  kxmodel migrate -1 --allow-destructive          undo the last
  kxmodel migrate --max-wcu 500 --max-seconds 840
  kxmodel migrate --confirm                       the writers are deployed: go on
  kxmodel migrate --executor processes --workers 16
  kxmodel migrate --dask tcp://10.0.0.5:8786 --workers 64

Exit codes: 0 done, 1 failed, 2 usage, 3 paused, waiting or out of time, 4 done but with bad items.
"""

_POSITIVE = Amount(min=0, min_open=True)


@click.command("migrate", epilog=EPILOG, context_settings={"ignore_unknown_options": True})
@click.argument("target", required=False)
@database_options
@click.option("--wait", is_flag=True, help="Wait for another run to end.")
@click.option("--confirm", is_flag=True, help="What the last run stopped for is done.")
@click.option("--allow-destructive", is_flag=True, help="Also do what loses something.")
@click.option("--accept-stream-events", is_flag=True, help="Readers of streams see every update.")
@click.option(
    "--single-writer-region", is_flag=True, help="No other region writes to the table meanwhile."
)
@click.option("--remove-values", is_flag=True, help="Down: also remove the keys it once gave.")
@click.option("--fake", is_flag=True, help="Only record it; change nothing, and look at nothing.")
@click.option(
    "--assume-applied", is_flag=True, help="Only record it, if the tables and indexes are there."
)
@click.option("--max-wcu", type=_POSITIVE, help="Write capacity units a second.")
@click.option("--max-rcu", type=_POSITIVE, help="Read capacity units a second.")
@click.option("--max-seconds", type=_POSITIVE, help="Stop cleanly after so long.")
@click.option(
    "--limit-bad",
    type=click.IntRange(1),
    help="So many bad items end it; the workers may find one more each.",
)
@click.option("--workers", type=click.IntRange(1, 256), default=8, show_default=True)
@executor_options
@click.option("--segments", type=click.IntRange(1, 100_000), help="Pieces of the table read apart.")
@click.option(
    "--write-path",
    type=click.Choice(["auto", "partiql", "update"]),
    default="auto",
    show_default=True,
    help="Batches, single updates, or as the engine can be trusted with.",
)
@pass_session
def command(
    session: Session,
    /,
    target: str | None,
    chosen: Chosen,
    fake: bool,
    assume_applied: bool,
    executor: str | None,
    dask: str | None,
    workers: int,
    write_path: Literal["auto", "partiql", "update"],
    **flags: Any,
) -> int:
    """Bring the database to TARGET, up or down, from wherever it is.

    TARGET is a revision or its number, +N or -N; by default the last. 0 is before the first. A run
    that was stopped, paused or killed goes on where it was. Ctrl-C stops it cleanly, a second one at
    once.
    """
    from kxmodel.cli.following import following
    from kxmodel.errors import UsageError
    from kxmodel.migrate.run.adopting import record_only
    from kxmodel.migrate.run.api import migrate
    from kxmodel.migrate.run.options import Options

    if target is not None and target.startswith("--"):
        raise UsageError(f"there is no option {target}", fix="See `kxmodel migrate --help`.")
    if fake and assume_applied:
        raise UsageError("--fake and --assume-applied exclude each other", fix="Give one of them.")
    folder = open_folder(session)
    database = chosen.open(session)
    if fake or assume_applied:
        recorded = record_only(folder, database, target, look=assume_applied)
        for revision in recorded:
            click.echo(f"recorded {revision}", err=True)
        return 0
    reports = _reports(session.config.root)
    stop = stop_on_signals()
    with open_executor(executor, dask, workers) as pool, following() as tell:
        options = Options(
            write_path=write_path, report=reports, workers=workers, executor=pool, **flags
        )
        outcome = migrate(folder, database, target, options=options, tell=tell, stop=stop)
    with suppress(OSError):  # nobody listens any more; the exit code tells
        _say(outcome, reports)
    return outcome.exit_code


def _reports(root: Path) -> Path | None:
    """Where bad items are reported; None, and a note, where nothing can be written, as in a container."""
    import os

    folder = root / ".kxmodel" / "reports"
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return folder
    told = f"note: {folder} cannot be written; of bad items the first are named, here and in the history."
    click.echo(told, err=True)
    return None


def _say(outcome: Outcome, reports: Path | None) -> None:
    from kxmodel.cli.console import visible
    from kxmodel.migrate.backfill.bad import in_words

    if outcome.waiting is not None:
        click.echo(visible(f"Waiting: {outcome.waiting}"), err=True)
        click.echo("When that is done, run `kxmodel migrate --confirm`.", err=True)
    elif not outcome.finished:
        click.echo(visible(f"Stopped: {outcome.reason}."), err=True)
        click.echo("`kxmodel migrate` goes on from here.", err=True)
    elif not outcome.revisions:
        click.echo("Nothing to do: the database is there already.", err=True)
    if outcome.exceptions:
        # Those of an earlier run that this one went on from are not in its counts.
        bad = max(outcome.counts.get("bad", 0), len(outcome.exceptions))
        click.echo(f"{bad:,} bad items were left as they are:", err=True)
        for each in outcome.exceptions[:10]:
            click.echo(visible(f"  {in_words(each)}"), err=True)
        if outcome.report:
            click.echo(f"All of them: {outcome.report}", err=True)
        elif bad > 10 and reports is not None:
            click.echo(f"All of them, where they were found: {reports}", err=True)
