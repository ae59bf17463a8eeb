"""Running one migration file, and taking its migration."""

from __future__ import annotations

import linecache
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from kxmodel.errors import KxError, Location, MigrationFileError
from kxmodel.migrate.migration import Migration

if TYPE_CHECKING:
    from pathlib import Path


def load_file(path: Path) -> Migration:
    """The migration of a file. The file is the project's own code, and is run.

    Raises MigrationFileError KX601 with the place, also for whatever the file itself raises.
    """
    where = Location(path.as_posix())
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MigrationFileError(f"cannot be read: {error}", where=where) from error
    module = ModuleType(f"kxmodel_migration_{path.stem}")
    module.__file__ = str(path)
    # The checksum is of the very text that is run, whatever the file becomes meanwhile.
    linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
    try:
        exec(compile(text, str(path), "exec"), module.__dict__)  # noqa: S102  a migration is code
    except KxError as error:
        raise MigrationFileError(
            error.message, code=error.code, where=_place(error, path), fix=error.fix
        ) from error
    except SyntaxError as error:
        at = Location(path.as_posix(), error.lineno or 0, error.offset or 0)
        raise MigrationFileError(f"is no Python: {error.msg}", where=at) from error
    except (Exception, SystemExit) as error:  # a file that exits must not end `check` with 0
        told = f"fails with {type(error).__name__}: {error}"
        raise MigrationFileError(told, where=_place(error, path)) from error
    found = module.__dict__.get("migration")
    if not isinstance(found, Migration):
        raise MigrationFileError("assigns no Migration to the name `migration`", where=where)
    if found.revision != path.stem:
        raise MigrationFileError(
            f"its revision is {found.revision}, and a revision is its file's stem",
            where=where,
            fix="Rename the file, or correct `revision`.",
        )
    return replace(found, description=(module.__doc__ or "").strip())


def _place(error: BaseException, path: Path) -> Location:
    """The line of the file that was running."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return Location(path.as_posix(), line, 1 if line else 0)
