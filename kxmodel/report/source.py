"""What is validated: which argument means which file, export or table, and whose items it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kxmodel.errors import UsageError
from kxmodel.report.reading import Export, ItemFile, LiveTable, find_export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kxmodel.ir import Table
    from kxmodel.report.reading import Item
    from kxmodel.report.reading.file import Record

#: Files that hold items, in a folder that is no export.
_NAMES = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_STANDARD_INPUT = Path("/dev/stdin")


class Records(Protocol):
    """Where records come from. size and done: bytes of files, items of tables."""

    name: str

    @property
    def size(self) -> int: ...
    @property
    def done(self) -> int: ...
    def __iter__(self) -> Iterator[Record]: ...


@dataclass(frozen=True)
class Source:
    """Records, and the table whose items they are; None: the first item's list or keys tell."""

    records: Records
    table: Table | None
    tables: Sequence[Table]
    unit: str = "bytes"
    sampled: bool = False
    """Whether the records are a sample already."""

    def choose(self, item: Item, place: str) -> Table:
        """The table of an item. Raises UsageError KX002 where neither its list nor its keys tell."""
        if self.table is not None:
            return self.table
        fits = [t for t in self.tables if item.entity and item.entity in _entities([t])]
        if len(fits) != 1:
            fits = [t for t in self.tables if all(key.name in item.values for key in t.keys)]
        if len(fits) == 1:
            return fits[0]
        names = ", ".join(t.name for t in fits or self.tables)
        why = "could be of" if fits else "has the keys of none of"
        raise UsageError(f"{place}: the item {why} the tables {names}", fix="Name it with --table.")


def sources(
    arguments: Sequence[str],
    tables: Sequence[Table],
    *,
    table: Table | None,
    prefix: str,
    live: Callable[[Table], LiveTable],
    sampled: bool,
) -> Iterator[Source]:
    """What the arguments name: a declared table, a file, an export's folder, a folder of files; ``-`` is
    standard input.

    table: the one that all files are of; None: a file's name, an export's manifest, or the items tell.
    prefix: before the tables' names in AWS. live: opens a table; sampled: it gives a sample.

    Raises UsageError KX002 for what is none of these, ReportError for what cannot be opened.
    """
    named = {t.name: t for t in tables}
    for argument in arguments:
        path = Path(argument)
        if argument in named:
            chosen = named[argument]
            yield Source(live(chosen), chosen, tables, "items", sampled)
        elif argument == "-":
            yield _file(_STANDARD_INPUT, "-", tables, table, {})
        elif path.is_dir():
            yield from _folder(path, tables, table, named, prefix)
        elif path.exists():
            yield _file(path, argument, tables, table, named)
        else:
            raise UsageError(
                f"there is no table and no file {argument!r}",
                fix=f"The tables are {', '.join(named)}; a file is named by its path.",
            )


def _folder(
    folder: Path,
    tables: Sequence[Table],
    table: Table | None,
    named: Mapping[str, Table],
    prefix: str,
) -> Iterator[Source]:
    found = find_export(folder)
    if found is not None:
        export = Export(found, str(found), _hashes(tables, table))
        yield Source(export, table or _exported(export, named, prefix), tables)
        return
    files = sorted(p for p in folder.iterdir() if p.name.endswith(_NAMES) and p.is_file())
    if not files:
        raise UsageError(
            f"{folder} holds neither manifest-summary.json nor files of JSON",
            fix="Name the folder of an export, or a file.",
        )
    for path in files:
        yield _file(path, str(path), tables, table, named)


def _file(
    path: Path, name: str, tables: Sequence[Table], table: Table | None, named: Mapping[str, Table]
) -> Source:
    chosen = table or named.get(path.name.partition(".")[0])
    entities = _entities([chosen] if chosen else tables)
    return Source(ItemFile(path, name, _hashes(tables, chosen), entities=entities), chosen, tables)


def _exported(export: Export, named: Mapping[str, Table], prefix: str) -> Table | None:
    """The declared table behind an exported one's name."""
    return named.get(export.table) or named.get(export.table.removeprefix(prefix))


def _hashes(tables: Sequence[Table], table: Table | None) -> frozenset[str]:
    return frozenset(t.hash.name for t in ([table] if table else tables))


def _entities(tables: Sequence[Table]) -> frozenset[str]:
    return frozenset(entity.name for table in tables for entity in table.entities)
