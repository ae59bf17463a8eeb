"""Exported files to where the user wants them: a file or a folder that he names."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kxmodel.emit.staging import replace_all
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from kxmodel.emit.files import Files


def save(files: Files, output: str | None) -> list[tuple[Path, bool]]:
    """Write all of the files or none; each place, and whether its text is another now.

    output: a file for one, a folder for several; what ends with a separator, or is a folder, is a
    folder. Unlike generated models, an export takes the place of whatever stands there: the user
    named it. Only a link stays, and what it leads to changes; and into a device or a pipe, such as
    ``/dev/stdout``, the text is written. Raises ExportError KX704.
    """
    if output is None or not output:
        raise ExportError(
            f"the format makes {len(files)} files, and the terminal takes one", code="KX704"
        )
    target = Path(output)
    if len(files) == 1 and _is_stream(target):
        (text,) = files.values()
        return [(_into(target, text), True)]
    if target.is_symlink():
        target = Path(os.path.realpath(target))
    if len(files) == 1 and not (target.is_dir() or output.endswith(("/", os.sep))):
        files = {PurePosixPath(target.name): text for text in files.values()}
        target = target.parent
    elif target.exists() and not target.is_dir():
        raise ExportError(
            f"{output} is a file, and the format makes {len(files)} files", code="KX704"
        )
    try:
        changed = {path: text for path, text in files.items() if _text(target / path) != text}
        replace_all(target, changed, ())
    except OSError as error:
        raise _refused(output, error) from error
    return [(target / path, path in changed) for path in sorted(files)]


def _is_stream(place: Path) -> bool:
    """Whether it is a device, a pipe or a socket, which no file may take the place of."""
    return place.exists() and not (place.is_file() or place.is_dir())


def _into(place: Path, text: str) -> Path:
    try:
        with place.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except OSError as error:
        raise _refused(str(place), error) from error
    return place


def _refused(output: str, error: OSError) -> ExportError:
    reason = error.strerror or str(error)
    return ExportError(
        f"{output} cannot be written: {reason}",
        code="KX704",
        fix="Name a place that can be written. Files that stood there are unchanged.",
    )


def _text(place: Path) -> str | None:
    try:
        return place.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
