"""The demonstration from beginning to end, as a sequence of things to show."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import kxmodel
from kxmodel.demo.project import project_models
from kxmodel.demo.questions import Question, columns, question, row
from kxmodel.demo.tables import create_tables, load_examples
from kxmodel.demo.wire import Request, requests
from kxmodel.engines import ENGINES, RunningEngine, start
from kxmodel.lint import lint_tables, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.config import Config
    from kxmodel.demo.tables import Loaded, Models
    from kxmodel.emit.write import Changes
    from kxmodel.ir import Table
    from kxmodel.runtime.binding import Binding


@dataclass(frozen=True)
class Step:
    """A step that is done, and what came of it."""

    name: str
    result: str


@dataclass(frozen=True)
class Grid:
    """The items of one class that were found."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What one access pattern found, and the requests that were sent for it."""

    question: Question
    requests: tuple[Request, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Unasked:
    """An access pattern that no example of the schema answers."""

    call: str


Event: TypeAlias = Step | Answer | Unasked


def run(config: Config, tables: Sequence[Table], changes: Changes, engine: str) -> Iterator[Event]:
    """Lint, generate, create, load and ask; yields each step when it is done.

    Raises EngineError, and whatever the models raise.
    """
    began = time.monotonic()
    yield Step("lint", f"{_count(len(tables), 'schema')}: {summary(lint_tables(tables))}")
    yield Step("generate", _generated(config, changes))
    with (
        project_models(config, tables, changes) as models,
        start(engine) as running,
        local_binding(config, running),
    ):
        yield Step("engine", _engine(running))
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
    seconds = time.monotonic() - began
    yield Step("done", f"{_count(asked, 'access pattern')} answered, {seconds:.1f} s in all")


def answers(table: Table, models: Models, loaded: Sequence[Loaded]) -> Iterator[Answer | Unasked]:
    """Ask every access pattern of the table."""
    for pattern in table.patterns:
        asked = question(table, pattern, loaded)
        if asked is None:
            yield Unasked(f"{pattern.entity}.{pattern.name}")
            continue
        with requests() as sent:
            found = asked.ask(models)
        yield Answer(asked, tuple(sent), tuple(_grids(asked, found)))


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


def _grids(asked: Question, found: Sequence[kxmodel.Model]) -> Iterator[Grid]:
    names = dict.fromkeys(item.kx.entity.name for item in found)
    for name in names:
        paths = columns(asked.table, asked.table.entity(name), asked.pattern)
        rows = (row(item.to_json(), paths) for item in found if item.kx.entity.name == name)
        headers = (name, *paths) if len(names) > 1 else paths
        lead = ("",) if len(names) > 1 else ()
        yield Grid(tuple(headers), tuple((*lead, *cells) for cells in rows))


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
