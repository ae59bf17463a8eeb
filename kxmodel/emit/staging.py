"""Replacing several files as one step: stage all beside their places, then rename, or undo."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path, PurePosixPath


def replace_all(
    folder: Path, written: Mapping[PurePosixPath, str], removed: Sequence[PurePosixPath]
) -> None:
    """Write and remove, all or nothing. Paths are relative to `folder`, which is made if absent.

    Texts are staged in temporary files first, so that a full disk changes nothing; each is then
    renamed into its place, so that a killed process leaves whole files only. If a rename fails,
    the files before it get back what they held. Folders that a removal empties go too.
    Raises OSError, after everything is as it was.
    """
    made: list[Path] = []
    staged: dict[Path, Path] = {}
    touched: dict[Path, bytes | None] = {}
    try:
        for path, text in written.items():
            place = folder / path
            _make_folders(place.parent, made)
            staged[place] = _stage(place, text.encode("utf-8"))
        # Stale files go first: on a disk that ignores case, an old `Lead.py` is a new `lead.py`.
        for path in removed:
            place = folder / path
            touched[place] = place.read_bytes()
            place.unlink()
        for place, temporary in staged.items():
            touched[place] = place.read_bytes() if place.exists() else None
            temporary.replace(place)
    except BaseException:
        _undo(touched, staged, made)
        raise
    for path in removed:
        _remove_empty(folder, (folder / path).parent)


def _undo(
    touched: Mapping[Path, bytes | None], staged: Mapping[Path, Path], made: Sequence[Path]
) -> None:
    for place, held in touched.items():
        with contextlib.suppress(OSError):
            if held is None:
                place.unlink(missing_ok=True)
            else:
                place.write_bytes(held)
    for temporary in staged.values():
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    for folder in reversed(made):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _stage(place: Path, content: bytes) -> Path:
    # No process's number: in containers the next run has the same, and a killed one leaves its file.
    temporary = place.with_name(f".{place.name}.{os.urandom(6).hex()}.tmp")
    try:
        # Exclusive: a link that waits under this name is not written through.
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, temporary)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for place in reversed(missing):
        place.mkdir()
        made.append(place)


def _remove_empty(root: Path, folder: Path) -> None:
    with contextlib.suppress(OSError):
        while folder != root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
