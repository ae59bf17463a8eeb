"""Writing a plan: new files only, and settings at the end of a file."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.scaffold.plan import Scaffold


def write_scaffold(scaffold: Scaffold) -> tuple[list[Path], list[Path]]:
    """Write what is missing; returns the paths written, and those that were there and stay.

    Raises UsageError KX022 where the disk refuses.
    """
    written, kept = [], []
    try:
        for path, text in scaffold.files.items():
            if path.exists() or path.is_symlink():
                kept.append(path)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(path)
        source = scaffold.config.source
        if scaffold.settings:
            _append(source, scaffold.settings)
            written.append(source)
        else:
            kept.append(source)
    except OSError as error:
        raise UsageError(f"the project cannot be written: {error}", code="KX022") from error
    return written, kept


def _append(path: Path, text: str) -> None:
    """Add text to a file, in its own line ends, in one step."""
    before = path.read_bytes() if path.exists() else b""
    end = "\r\n" if b"\r\n" in before else "\n"
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(before + text.replace("\n", end).encode("utf-8"))
        if before:
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
