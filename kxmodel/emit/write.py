"""Emitted files to the disk: what would change, and changing all of it or nothing.

A generated file is known by its header (`kxmodel.emit.files`): a file without it is never
overwritten and never removed, and no symbolic link inside the target folder is followed.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kxmodel.emit.files import is_ours
from kxmodel.emit.staging import replace_all
from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules"})


@dataclass(frozen=True)
class Changes:
    """What writing `files` into `folder` would do. True where there is anything to do.

    created, changed, removed, unchanged: paths relative to `folder`, sorted.
    before: the text of each file that is there now and is ours.
    """

    folder: Path
    files: Mapping[PurePosixPath, str]
    before: Mapping[PurePosixPath, str]
    created: tuple[PurePosixPath, ...]
    changed: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]
    unchanged: tuple[PurePosixPath, ...]

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def diff(self) -> str:
        """The changes as a unified diff, files sorted by path; empty if there are none."""
        paths = sorted((*self.created, *self.changed, *self.removed))
        return "".join(line for path in paths for line in self._diff_of(path))

    def _diff_of(self, path: PurePosixPath) -> Iterator[str]:
        before, after = self.before.get(path), self.files.get(path)
        for line in difflib.unified_diff(
            (before or "").splitlines(keepends=True),
            (after or "").splitlines(keepends=True),
            "/dev/null" if before is None else f"a/{path}",
            "/dev/null" if after is None else f"b/{path}",
        ):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def plan(files: Mapping[PurePosixPath, str], folder: Path) -> Changes:
    """Compare `files` with what is in `folder`, which need not exist. Writes nothing.

    A file that differs in its line ends alone (a checkout with CRLF) is unchanged. Files that bear
    our header and are not in `files` are removed.
    Raises UsageError KX020 for a file that is in the way and is not ours, KX021 where a link or
    something else than a folder is on the way, KX022 if the disk cannot be read.
    """
    for path in files:
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise UsageError(f"{path} does not lie in the target folder", code="KX021")
    try:
        before = dict(_read(files, folder))
        stale = sorted(p for p in _generated(folder) if p not in files)
        before |= {path: _text_of(folder / path) or "" for path in stale}
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error}", code="KX022") from error
    there = sorted(files)
    return Changes(
        folder=folder,
        files=dict(files),
        before=before,
        created=tuple(p for p in there if p not in before),
        changed=tuple(p for p in there if p in before and before[p] != files[p]),
        removed=tuple(stale),
        unchanged=tuple(p for p in there if before.get(p) == files[p]),
    )


def apply(changes: Changes) -> None:
    """Write all changes, or none: whatever fails, every file is as it was before.

    Raises UsageError KX023 if the folder changed since `plan`, KX022 if the disk refuses.
    """
    now = plan(changes.files, changes.folder)
    if now != changes:
        raise UsageError(f"{changes.folder} changed in the meantime", code="KX023")
    if not changes:
        return
    written = {path: changes.files[path] for path in (*changes.created, *changes.changed)}
    try:
        replace_all(changes.folder, written, changes.removed)
    except OSError as error:
        raise UsageError(f"{changes.folder} cannot be written: {error}", code="KX022") from error


def _read(files: Mapping[PurePosixPath, str], folder: Path) -> Iterator[tuple[PurePosixPath, str]]:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder", code="KX021")
    for path in files:
        place = folder
        for part in path.parts[:-1]:
            place /= part
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                raise UsageError(f"{place} is a link or no folder", code="KX021")
        place /= path.name
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise UsageError(f"{place} is a link or no file", code="KX021")
        if place.exists():
            text = _text_of(place)
            if text is None or not is_ours(text):
                raise UsageError(f"{place} was not generated by kxmodel", code="KX020")
            yield path, text


def _generated(folder: Path) -> Iterator[PurePosixPath]:
    """The paths of all files under `folder` that bear our header."""
    for name, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith(".")]
        for file in names:
            place = Path(name) / file
            if place.is_symlink() or not place.is_file():
                continue
            text = _text_of(place)
            if text is not None and is_ours(text):
                yield PurePosixPath(place.relative_to(folder).as_posix())


def _text_of(place: Path) -> str | None:
    """The text with LF line ends; None if it is not UTF-8."""
    try:
        return place.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
