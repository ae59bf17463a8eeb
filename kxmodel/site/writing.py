"""The pages as plain files in a folder: what would change there, and changing it.

A folder of pages lists them in ``.kxmodel-docs``. What stands there and is not in that list was
written by somebody else: it is never overwritten and never removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from kxmodel.emit.staging import replace_all
from kxmodel.errors import DocsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST: Final = PurePosixPath(".kxmodel-docs")


@dataclass(frozen=True)
class Changes:
    """What writing pages into `folder` would do. True where there is anything to do.

    written: path -> text of what is new or another. removed: pages that there are no longer.
    """

    folder: Path
    written: Mapping[PurePosixPath, str]
    removed: tuple[PurePosixPath, ...]

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def plan(files: Mapping[PurePosixPath, str], folder: Path) -> Changes:
    """Compare pages with what is in `folder`, which need not exist. Writes nothing.

    Raises DocsError KX720 for a file in the way that is not ours, where a link or something else than
    a folder is on the way, and if the disk cannot be read.
    """
    listed = "".join(f"{path}\n" for path in sorted(files))
    # First, so that a killed run leaves no page that the next would not know as ours.
    every = {MANIFEST: listed, **files}
    try:
        ours = set(_listed(folder))
        written = {path: text for path, text in every.items() if _held(folder, path) != text}
        for path in written:
            if path not in ours and path != MANIFEST and (folder / path).exists():
                raise DocsError(
                    f"{folder / path} is in the way, and it is not of an earlier run",
                    fix="Move it, or name another folder with -o.",
                )
        gone = tuple(sorted(p for p in ours if p not in files and _held(folder, p) is not None))
    except OSError as error:
        raise DocsError(f"{folder} cannot be read: {error}") from error
    return Changes(folder, written, gone)


def apply(changes: Changes) -> None:
    """Write all changes, or none. Raises DocsError KX720 if the disk refuses."""
    if not changes:
        return
    try:
        replace_all(changes.folder, changes.written, changes.removed)
    except OSError as error:
        raise DocsError(f"{changes.folder} cannot be written: {error}") from error


def _listed(folder: Path) -> Iterator[PurePosixPath]:
    """The pages that an earlier run wrote, as its list has them."""
    for line in (_held(folder, MANIFEST) or "").splitlines():
        path = PurePosixPath(line)
        if line and not path.is_absolute() and ".." not in path.parts:
            yield path


def _held(folder: Path, path: PurePosixPath) -> str | None:
    """The text of a file with its own line ends; None where there is none, or it is not UTF-8."""
    if folder.exists() and not folder.is_dir():
        raise DocsError(f"{folder} is no folder")
    place = folder
    for part in path.parts:
        place /= part
        if place.is_symlink() or (place != folder / path and place.exists() and place.is_file()):
            raise DocsError(f"{place} is a link or no folder")
    if place.is_dir():
        raise DocsError(f"{place} is no file")
    try:
        return place.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
