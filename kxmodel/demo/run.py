"""The demonstration from beginning to end, as a sequence of things to show."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kxmodel
from kxmodel.demo.answers import answers
from kxmodel.demo.events import Answer, Next, Step
from kxmodel.demo.migrations import Story, unwatched
from kxmodel.demo.project import project_models
from kxmodel.demo.tables import create_tables, load_examples
from kxmodel.engines import ENGINES, RunningEngine, start
from kxmodel.lint import lint_tables, summary
from kxmodel.migrate.files import load_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.config import Config
    from kxmodel.demo.events import Event
    from kxmodel.demo.migrations import Follow
    from kxmodel.demo.tables import Models
    from kxmodel.emit.write import Changes
    from kxmodel.ir import Table
    from kxmodel.runtime.binding import Binding


@dataclass(frozen=True)
class Wishes:
    """count: legacy items; None: what the engine takes in seconds. follow: shows the migrations.

    reports: where reports go; None: a new folder among the system's temporary files.
    """

    count: int | None = None
    follow: Follow = unwatched
    reports: Path | None = None


def run(
    config: Config,
    tables: Sequence[Table],
    changes: Changes,
    engine: str,
    wishes: Wishes | None = None,
) -> Iterator[Event]:
    """Lint, generate, create, load, migrate and ask; yields each step when it is done.

    A project with at least two migrations is migrated with legacy items; in any other, the tables are
    created with all their indexes and hold the schemas' examples.

    Raises EngineError, and whatever the models and the migrations raise.
    """
    began = time.monotonic()
    wishes = wishes or Wishes()
    folder = load_folder(config.migrations)
    yield Step("lint", f"{_count(len(tables), 'schema')}: {summary(lint_tables(tables))}")
    yield Step("generate", _generated(config, changes))
    with (
        project_models(config, tables, changes) as models,
        start(engine) as running,
        local_binding(config, running),
    ):
        yield Step("engine", _engine(running))
        if len(folder.migrations) > 1:
            reports = wishes.reports or Path(tempfile.mkdtemp(prefix="kxmodel-demo-"))
            yield from Story(
                config, tables, models, folder, running, reports, wishes.count, wishes.follow
            ).events()
        else:
            yield from _examples(tables, models)
    seconds = time.monotonic() - began
    yield Step("done", f"{seconds:.1f} s in all; nothing is kept but the reports", opens=True)
    yield Next(
        (
            ("kxmodel dev", "run a local DynamoDB of your own"),
            ("kxmodel plan", "say what migrating a database would do and cost"),
            ("kxmodel makemigration", "write the migration for a changed schema"),
            ("kxmodel validate FILE", "hold items against the schemas"),
        )
    )


def create_all(
    config: Config, tables: Sequence[Table], changes: Changes, running: RunningEngine
) -> list[str]:
    """Create the project's tables in a running engine, unless they are there; their names."""
    with project_models(config, tables, changes) as models, local_binding(config, running):
        return list(create_tables(tables, models))


def local_binding(config: Config, engine: RunningEngine) -> Binding:
    """The models bound to a local engine: the user's own credentials never reach it."""
    return kxmodel.bind(
        endpoint_url=engine.endpoint_url,
        region="us-east-1",
        table_prefix=config.table_prefix,
        aws_access_key_id="kxmodel",
        aws_secret_access_key="kxmodel",  # noqa: S106  # an engine takes any, and checks none
    )


def _examples(tables: Sequence[Table], models: Models) -> Iterator[Event]:
    """Tables with all their indexes, the schemas' examples in them, and every answer."""
    indexes = sum(len(table.indexes) for table in tables)
    names = list(create_tables(tables, models))
    yield Step("create", f"{', '.join(names)}, with {_count(indexes, 'index', 'indexes')}")
    loaded = {table.name: load_examples(table, models) for table in tables}
    yield Step("load", _count(sum(map(len, loaded.values())), "example item"))
    asked = 0
    for table in tables:
        for event in answers(table, models, loaded[table.name]):
            asked += isinstance(event, Answer)
            yield event
    yield Step("answered", _count(asked, "access pattern"), opens=True)


def _generated(config: Config, changes: Changes) -> str:
    folder = config.models.relative_to(config.root).as_posix()
    if changes:
        return f"{folder} is not up to date: using models made for this run (`kxmodel generate`)"
    return f"{_count(len(changes.files), 'file')}, just as they stand in {folder}"


def _engine(running: RunningEngine) -> str:
    told = f"{running.name} {running.version} at {running.endpoint_url}"
    *better, fallback = ENGINES
    if running.name == fallback:
        told += f", the fallback: {' or '.join(better)} answers more truly (`kxmodel engine list`)"
    return told


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
