"""``lock.json``: the checksum of every migration as it was when it was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kxmodel.errors import Location, MigrationFileError
from kxmodel.migrate.state import dump, is_digest, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCK: Final = "lock.json"
_VERSION: Final = 1

#: One entry, one line: what is left of a file with conflict markers can still be read.
_ENTRY: Final = re.compile(
    r'^\s*"(?P<revision>\d{4,}_\w+)": "(?P<checksum>sha256:[0-9a-f]{64})",?$'
)


def read_lock(folder: Path) -> dict[str, str]:
    """Revision -> checksum; empty where there is no lock yet. Raises MigrationFileError KX603."""
    path = folder / LOCK
    where = Location(path.as_posix())
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise MigrationFileError(f"cannot be read: {error}", code="KX603", where=where) from error
    if re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE):
        raise MigrationFileError(
            "has the conflict markers of a merge",
            code="KX603",
            where=where,
            fix="Run `kxmodel makemigration --merge`, which joins both sides.",
        )
    try:
        value = load(text)
    except (ValueError, RecursionError) as error:
        raise MigrationFileError(f"is no JSON: {error}", code="KX603", where=where) from error
    entries = value.get("migrations") if isinstance(value, dict) else None
    if not isinstance(entries, dict) or not all(map(is_digest, entries.values())):
        raise MigrationFileError("holds no checksums", code="KX603", where=where)
    return {str(revision): str(checksum) for revision, checksum in entries.items()}


def read_both_sides(folder: Path) -> dict[str, str]:
    """The entries of a lock whose merge is not resolved.

    Raises MigrationFileError KX603 where the sides give one revision two checksums.
    """
    path = folder / LOCK
    entries: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        found = _ENTRY.match(line)
        if found and entries.setdefault(found["revision"], found["checksum"]) != found["checksum"]:
            raise MigrationFileError(
                f"gives {found['revision']} two checksums: the branches changed one migration",
                code="KX603",
                where=Location(path.as_posix()),
                fix="Restore the migration and its line in lock.json as they were before the branches.",
            )
    return entries


def lock_text(checksums: Mapping[str, str]) -> str:
    """The text of lock.json: one line a migration, in the order of the revisions."""
    return dump({"migrations": dict(checksums), "version": _VERSION}, indent=2) + "\n"
