"""The designs that every export has golden files for, and the golden files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kxmodel.dialect import read_folder
from tests.emit.gallery import CLUB, GALLERY
from tests.emit.tools import ROOT, put

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.emit.files import Files
    from kxmodel.ir import Table

FOLDERS = {
    "kxgen": ROOT / "schemas",
    "shop": ROOT / "examples" / "shop" / "schemas",
    "membership": ROOT / "examples" / "membership" / "schemas",
}
NAMES = (*FOLDERS, "byhand")


def design(name: str) -> tuple[Table, ...]:
    """The tables of a design."""
    return read_folder(FOLDERS[name]) if name in FOLDERS else (GALLERY, CLUB)


def differs(files: Files, folder: Path) -> list[str]:
    """The golden files that are not as `files` has them; none are missing and none are left over.

    KXMODEL_UPDATE_GOLDEN=1 makes them so, and then nothing differs.
    """
    there = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    texts = {path.as_posix(): text for path, text in files.items()}
    if os.environ.get("KXMODEL_UPDATE_GOLDEN"):
        for name in there.keys() - texts.keys():
            there[name].unlink()
        put(files, folder)
        return []
    missing = {*there} ^ {*texts}
    changed = {n for n in texts if n in there and there[n].read_bytes() != texts[n].encode()}
    return sorted(missing | changed)
