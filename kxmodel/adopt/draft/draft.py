"""Drafts, proved before they are handed out: read by the dialect, linted, items recognised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kxmodel.adopt.draft.document import document
from kxmodel.adopt.draft.intake import usable
from kxmodel.adopt.draft.level import LEVELS
from kxmodel.adopt.draft.text import readable
from kxmodel.dialect import module_name, read_table
from kxmodel.errors import AdoptError, SchemaError, TemplateError
from kxmodel.keys.recognise import is_recognised
from kxmodel.lint import lint_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.adopt.observed import Item, Observed
    from kxmodel.ir import Entity, Table


@dataclass(frozen=True)
class Draft:
    """table: its name. file: the name of the schema file. text: what it holds. remarks: what could
    not be known, each with what to do next. entities: their names."""

    table: str
    file: str
    text: str
    remarks: tuple[str, ...]
    entities: tuple[str, ...]


def make_drafts(tables: Iterable[Observed]) -> tuple[Draft, ...]:
    """A draft of each table.

    Raises AdoptError KX710 for two tables whose files would have one name, and for a table that the
    dialect has no words for.
    """
    drafts: dict[str, Draft] = {}
    for table in tables:
        made = _draft(table)
        other = drafts.setdefault(made.file, made)
        if other is not made:
            raise AdoptError(
                f"the tables {other.table} and {made.table} would both be drafted in {made.file}",
                fix="Rename one of them in the model.",
            )
    return tuple(drafts.values())


def _draft(table: Observed) -> Draft:
    table, left_out = usable(table)
    file = f"{module_name(table.name)}.json"
    problem = ""
    for level in LEVELS:
        made = document(table, level)
        text = readable(made.value)
        problem = _problem(text, table.items)
        if not problem:
            return Draft(table.name, file, text, (*left_out, *made.remarks), made.entities)
    raise AdoptError(
        f"no schema says what the table {table.name} is: {problem}",
        fix="Correct that in the model, or write the schema by hand.",
    )


def _problem(text: str, items: Sequence[Item]) -> str:
    """The first thing wrong with a draft; "" if nothing is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "draft.json"
        path.write_text(text, "utf-8", newline="\n")
        try:
            table = read_table(path)
        except (SchemaError, TemplateError) as error:
            return error.message
    for finding in lint_tables([table]):
        if finding.severity == "error":
            return finding.message
    return _unrecognised(table, items)


def _unrecognised(table: Table, items: Sequence[Item]) -> str:
    for number, item in enumerate(items, start=1):
        found = [entity.name for entity in table.entities if _is_of(entity, item)]
        if len(found) != 1:
            return f"item {number} is taken for {' and '.join(found) or 'no entity'}"
    return ""


def _is_of(entity: Entity, item: Item) -> bool:
    rule = entity.recognition
    return is_recognised(rule.equals, rule.prefixes, lambda name: item.get(name, {}).get("S"))
