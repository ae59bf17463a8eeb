"""Every access pattern of a table, asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.demo.events import Answer, Grid, Unasked
from kxmodel.demo.questions import Question, columns, question, row
from kxmodel.demo.wire import requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.demo.tables import Loaded, Models
    from kxmodel.ir import Table
    from kxmodel.runtime import Model


def answers(table: Table, models: Models, loaded: Sequence[Loaded]) -> Iterator[Answer | Unasked]:
    """Ask every access pattern of the table. loaded: items to take the arguments from."""
    for pattern in table.patterns:
        asked = question(table, pattern, loaded)
        if asked is None:
            yield Unasked(f"{pattern.entity}.{pattern.name}")
            continue
        with requests() as sent:
            found = asked.ask(models)
        yield Answer(asked, tuple(sent), tuple(_grids(asked, found)))


def _grids(asked: Question, found: Sequence[Model]) -> Iterator[Grid]:
    names = dict.fromkeys(item.kx.entity.name for item in found)
    for name in names:
        paths = columns(asked.table, asked.table.entity(name), asked.pattern)
        rows = (row(item.to_json(), paths) for item in found if item.kx.entity.name == name)
        headers = (name, *paths) if len(names) > 1 else paths
        lead = ("",) if len(names) > 1 else ()
        yield Grid(tuple(headers), tuple((*lead, *cells) for cells in rows))
