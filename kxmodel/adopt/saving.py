"""Drafts onto the disk: new files only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import AdoptError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kxmodel.adopt.draft import Draft


def save_drafts(drafts: Sequence[Draft], folder: Path) -> list[Path]:
    """Write all drafts or none; the paths. `folder` is made if absent.

    Raises AdoptError KX711 where a file of that name exists, KX712 where the disk refuses.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for draft in drafts:
            path = folder / draft.file
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(draft.text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError) and folder.is_dir():
            raise AdoptError(
                f"{error.filename} exists and is left as it is", code="KX711"
            ) from error
        raise AdoptError(f"{folder} cannot be written: {error}", code="KX712") from error
    return written
