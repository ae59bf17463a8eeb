"""``samples``: items made up, any number of each entity, for load tests and fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.emitter import Emitter, Setting, whole_number
from kxmodel.emit.files import Files, path
from kxmodel.emit.samples.population import Population, populate
from kxmodel.errors import ExportError
from kxmodel.ir.items import dynamodb_json
from kxmodel.samples import NoSample
from kxmodel.values.jsontext import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.ir import Table


def emit(tables: Sequence[Table], given: Given) -> Files:
    """One file a table. Raises ExportError KX705 for an entity of which no valid item was found."""
    count = whole_number(given, "count", least=1)
    try:
        population = populate(tables, count, given["seed"])
    except NoSample as error:
        raise ExportError(error.message, code=error.code) from error
    form = given["format"]
    files: Files = {}
    for table in tables:
        if form == "json":
            named = {e.name: population[table.name, e.name] for e in table.entities}
            files[path(f"{table.name}.json")] = json_text(named, indent=2, ascii_only=True) + "\n"
        else:
            name = f"{table.name}.jsonl" if form == "jsonl" else f"{table.name}.dynamodb.json"
            lines = _lines(table, population, stored=form == "dynamodb")
            files[path(name)] = "".join(f"{line}\n" for line in lines)
    return files


def _lines(table: Table, population: Population, *, stored: bool) -> Iterator[str]:
    """An item a line. stored: in DynamoDB JSON, as DynamoDB's import from S3 reads it."""
    for entity in table.entities:
        for item in population[table.name, entity.name]:
            shown = {"Item": dynamodb_json(table, entity, item)} if stored else item
            yield json_text(shown, ascii_only=True)


EMITTER: Final = Emitter(
    name="samples",
    summary="made-up items of each entity, valid and related, for load tests and fixtures",
    emit=emit,
    settings=(
        Setting("count", "items of each entity; fewer where keys allow no more", "10"),
        Setting("seed", "any text; the same one gives the same items", "1"),
        Setting(
            "format",
            "json: plain, by entity; jsonl: plain, an item a line; dynamodb: an item a line as its "
            "import from S3 reads it. `kxmodel validate` reads each of them",
            "json",
            ("json", "jsonl", "dynamodb"),
        ),
    ),
)
