"""Running a backfill: hands out units, keeps the rate, writes the checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill.bad import BadItems
from kxmodel.migrate.backfill.coordinator import Coordinator, endless
from kxmodel.migrate.backfill.crew import Crew
from kxmodel.migrate.backfill.events import ignore
from kxmodel.migrate.backfill.outcome import understand
from kxmodel.migrate.backfill.probe import probe, unheard_of
from kxmodel.migrate.backfill.stop import StopSignal
from kxmodel.migrate.backfill.table import describe
from kxmodel.migrate.client import ClientSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from kxmodel.migrate.backfill.budget import Budget
    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.events import Events
    from kxmodel.migrate.backfill.ledger import Ledger
    from kxmodel.migrate.backfill.options import Options, Result
    from kxmodel.migrate.backfill.statement import Form
    from kxmodel.migrate.backfill.table import TableFacts
    from kxmodel.migrate.tasks.spec import TaskSpec
    from kxmodel.migrate.tasks.task import Task

#: A segment should be about this many bytes: some minutes of work.
_SEGMENT_BYTES = 32 * 1024 * 1024
_MOST_SEGMENTS = 4096


def run_backfill(
    task: Task,
    *,
    client: DynamoClient,
    table_name: str,
    ledger: Ledger,
    budget: Budget,
    options: Options,
    spec: TaskSpec | None = None,
    settings: ClientSettings | None = None,
    executor: Executor | None = None,
    remaining: Callable[[], float] = endless,
    events: Events = ignore,
    stop: StopSignal | None = None,
) -> Result:
    """Have every item of a table judged, and what a verdict changes written under its guards.

    A run of this name that was begun before goes on where it stopped, whatever stopped it.

    table_name: as it is where it is, with prefix. spec, settings: what other processes make the task
    and a client from; needed where `executor` is not made of threads of this process.
    remaining: the seconds for which the caller's own lease lets requests be sent.
    stop: ends the run cleanly when it is set.

    Raises BackfillError: KX620 where a part makes no progress in `options.attempts` slices, KX624 for
    a run of another task, KX625 for what DynamoDB refuses altogether; LedgerTaken (KX621) where
    another run took the units over.
    """
    inner = StopSignal(stop)
    try:
        table = describe(client, table_name)
    except (ClientError, BotoCoreError) as error:
        raise BackfillError(f"{table_name}: {understand(error).message}", code="KX625") from error
    form = _form(client, table, options) if options.write and task.writes else None
    lease = ledger.open(options.run, _identity(task, spec, table_name), _segments(table, options))
    counted = {unit.name: unit.counts.bad for unit in lease.units.values()}
    bad = BadItems(options.report, counted) if options.report is not None else None
    with Crew(task, spec, client, settings, executor, options.workers, inner) as crew:
        try:
            return Coordinator(
                crew=crew,
                client=client,
                table=table,
                lease=lease,
                budget=budget,
                options=options,
                form=form,
                bad=bad,
                events=events,
                stop=inner,
                writes=task.writes,
                request_timeout=(settings or ClientSettings()).request_timeout,
                remaining=remaining,
            ).run()
        finally:
            if bad is not None:
                bad.close()


def _form(client: DynamoClient, table: TableFacts, options: Options) -> Form | None:
    """How to write in batches, or None for UpdateItem."""
    if options.path == "update":
        return None
    form = probe(client, table.name, unheard_of(table))
    if form is None and options.path == "partiql":
        raise BackfillError(
            f"{table.name}: the endpoint does not refuse PartiQL updates whose condition is false; "
            "live writes would be lost",
            code="KX625",
            fix="Use the write path auto or update.",
        )
    return form


def _segments(table: TableFacts, options: Options) -> int:
    """Many more than workers, so that none is left alone with a long one at the end."""
    if options.segments is not None:
        return options.segments
    return min(_MOST_SEGMENTS, max(4 * options.workers, table.bytes // _SEGMENT_BYTES))


def _identity(task: Task, spec: TaskSpec | None, table: str) -> str:
    """What a resumed run has to agree in."""
    return f"{table} {type(task).__qualname__ if spec is None else spec.digest}"
