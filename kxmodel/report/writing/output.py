"""Where a report goes: a stream, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def file_output(path: Path) -> Iterator[Callable[[str], object]]:
    """What writes text to a file, which gets its name when the block ends without an error.

    Until then, and where it fails, what stood there before is unchanged. Raises ReportError KX669.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield _guarded(file.write, path)
            try:
                file.flush()
                os.fsync(file.fileno())
            except OSError as error:
                raise _unwritable(path, error) from None
        try:
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except OSError as error:
            raise _unwritable(path, error) from None
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _guarded(write: Callable[[str], object], path: Path) -> Callable[[str], object]:
    def guarded(text: str) -> object:
        try:
            return write(text)
        except OSError as error:
            raise _unwritable(path, error) from None

    return guarded


def _umask() -> int:
    """The process's mask: `mkstemp` gives a file to its owner alone."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"the report cannot be written: {error.strerror or error}", where=str(path), code="KX669"
    )
