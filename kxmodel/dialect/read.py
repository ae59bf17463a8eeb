"""Schema files -> tables: the way into the dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.library import Library
from kxmodel.dialect.metaschema import DIALECT
from kxmodel.dialect.names import module_name
from kxmodel.dialect.refs import References
from kxmodel.dialect.table import build_table
from kxmodel.errors import Location, SchemaError

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.dialect.node import Node
    from kxmodel.ir import Table

_OF_A_TABLE = ("x-kx-table", "x-kx-entity", "x-kx-patterns")


def read_table(path: Path, root: Path | None = None) -> Table:
    """The table that the schema file at `path` describes.

    root: files are shown relative to it; default: the file's folder, which also is the schemas
    folder that no ``$ref`` may leave.

    Raises SchemaError (KX101-KX150, or the code of a template's error) with the place as
    ``file:line:column``. Nothing in the file is executed, and nothing is fetched.
    """
    refs = References(path, Library(root or path.parent))
    main = refs.main
    if not _is_table(main):
        refs.check()
        main.fail(
            "the file describes no table: x-kx-table is missing",
            "KX108",
            fix="Add x-kx-table at the root, or keep the file as a library of shared types.",
        )
    return _table(refs)


def read_folder(folder: Path, root: Path | None = None) -> tuple[Table, ...]:
    """The tables of all ``*.json`` in a folder, in the order of the files' names.

    Files without ``x-kx-table`` are libraries, and skipped; those that name the dialect are checked
    all the same. root: files are shown relative to it; default: the folder's parent.

    Raises SchemaError: as `read_table`, KX101 for a folder that is not there, and KX150 for two
    tables of one name or whose generated modules would have one.
    """
    if not folder.is_dir():
        raise SchemaError("there is no such folder", where=Location(folder.as_posix()))
    library = Library(root or folder.resolve().parent)
    modules: dict[str, Table] = {}
    for path in sorted(folder.glob("*.json"), key=lambda found: found.name):
        refs = References(path, library)
        main = refs.main
        if not _is_table(main):
            if main.text("$schema") == DIALECT:
                refs.check()
            continue
        table = _table(refs)
        other = modules.setdefault(module_name(table.name), table)
        if other is not table:
            raise SchemaError(
                f"the table {table.name!r} has the name, or makes the module, of {other.source}'s",
                code="KX150",
                where=main.document.location("/x-kx-table/name"),
            )
    return tuple(modules.values())


def _is_table(root: Node) -> bool:
    return any(root.has(keyword) for keyword in _OF_A_TABLE)


def _table(refs: References) -> Table:
    refs.check()
    return build_table(refs, refs.main)
