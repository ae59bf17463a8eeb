"""``kxmodel verify``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kxmodel.cli.amount import Amount
from kxmodel.cli.database import Chosen, database_options, open_folder
from kxmodel.cli.executor import executor_options, open_executor
from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.migrate.run.verifying import Verified

EPILOG = """\b
Examples:
  kxmodel verify
  kxmodel verify --repair
  kxmodel verify --max-rcu 500
  kxmodel verify --format json

Exit codes: 0 all is right, 1 something is not, 2 usage, 3 stopped before the end.
"""


@click.command("verify", epilog=EPILOG)
@database_options
@click.option("--repair", is_flag=True, help="Write the keys that differ, under guard.")
@click.option("--wait", is_flag=True, help="With --repair: wait for another run to end.")
@click.option("--accept-stream-events", is_flag=True, help="With --repair: as for migrate.")
@click.option("--single-writer-region", is_flag=True, help="With --repair: as for migrate.")
@click.option("--max-rcu", type=Amount(min=0, min_open=True), help="As for migrate.")
@click.option("--max-wcu", type=Amount(min=0, min_open=True), help="As for migrate.")
@executor_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@pass_session
def command(
    session: Session,
    /,
    chosen: Chosen,
    repair: bool,
    executor: str | None,
    dask: str | None,
    form: str,
    **flags: Any,
) -> int:
    """Recompute every stored index key, and compare every index with its table.

    Judges by the migrations that are applied. --repair holds the lease, as `migrate` does: one of the
    two waits for the other's end. Ctrl-C stops it cleanly.
    """
    from dataclasses import asdict, replace

    from kxmodel.cli.console import visible
    from kxmodel.cli.following import following
    from kxmodel.cli.stopping import stop_on_signals
    from kxmodel.migrate.run.options import Options
    from kxmodel.migrate.run.verifying import verify

    database = chosen.open(session)
    folder, stop = open_folder(session), stop_on_signals()
    options = Options(**flags)
    with open_executor(executor, dask, options.workers) as pool, following() as tell:
        options = replace(options, executor=pool)
        found = verify(folder, database, repair=repair, options=options, tell=tell, stop=stop)
    if form == "json":
        click.echo(json.dumps([{**asdict(t), "right": t.right} for t in found], indent=2))
    else:
        for table in found:
            for line in _lines(table):
                click.echo(visible(line))
    stopped = [table.reason for table in found if not table.finished]
    if stopped:
        click.echo(
            visible(f"Stopped: {stopped[0]}. What was not gone through is not proved."), err=True
        )
        return 3
    if any(table.counts.get("failed") for table in found):
        click.echo("`kxmodel verify --repair` writes the keys that differ.", err=True)
    return 0 if all(table.right for table in found) else 1


def _lines(table: Verified) -> Iterator[str]:
    from kxmodel.cli.following import counted
    from kxmodel.migrate.backfill.bad import in_words

    unfinished = "" if table.finished else "stopped; "
    named = {"failed": "with other keys than theirs", "updated": "repaired"}
    counts = {named.get(name, name): count for name, count in table.counts.items()}
    yield f"{table.table}: {unfinished}{counted(counts) or 'no items with index keys'}"
    for each in table.bad[:20]:
        yield f"  bad: {in_words(each)}"
    for index in table.indexes:
        yield f"  {index.index}: {index.entries:,} entries, {index.verdict}"
        yield from (f"    {key}" for key in index.first)
