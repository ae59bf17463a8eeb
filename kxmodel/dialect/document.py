"""A schema file, read and parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.text import Json, Parsed, parse
from kxmodel.errors import Location, SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Bytes that a schema file may have.
MAX_BYTES: Final = 4 * 1024 * 1024

_MARKS: Final = (
    (b"\xef\xbb\xbf", "a UTF-8 byte order mark"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, eq=False)
class Document:
    """One file of JSON.

    file: its name as messages show it. path: the resolved path on disk. prefix: what stands before
    pointers into it where the table's own file is meant otherwise, e.g. ``common.json#``.
    """

    file: str
    path: Path
    parsed: Parsed = field(repr=False)
    prefix: str = ""

    @property
    def value(self) -> Json:
        """The document's root."""
        return self.parsed.value

    def location(self, pointer: str, *, name: bool = False, offset: int = 0) -> Location:
        """The place of the value at `pointer` (or of its member name), or of the nearest above it.

        offset: characters further on.
        """
        places = self.parsed.names if name else self.parsed.values
        while pointer not in places and pointer:
            pointer = pointer.rpartition("/")[0]
            places = self.parsed.values
        return self.parsed.lines.at(places.get(pointer, 0) + offset)

    def locations(self) -> Mapping[str, Location]:
        """JSON pointer, with the prefix -> place, for every value."""
        at = self.parsed.lines.at
        return {self.prefix + pointer: at(offset) for pointer, offset in self.parsed.values.items()}


def load(path: Path, file: str, prefix: str = "") -> Document:
    """Read the JSON file at `path`.

    Raises SchemaError: KX101 (cannot be opened, not UTF-8), KX104 (over `MAX_BYTES`), and what
    `parse` raises.
    """
    return Document(file, path.resolve(), parse(_read(path, file), file), prefix)


def _read(path: Path, file: str) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SchemaError(f"the file cannot be read: {reason}", where=Location(file)) from error
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // (1024 * 1024)} MB"
        raise SchemaError(f"the file is larger than {limit}", code="KX104", where=Location(file))
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise SchemaError(f"the file begins with {name}", where=Location(file, 1, 1))
    if b"\x00" in data[:4]:
        raise SchemaError("the file is UTF-16 or UTF-32", where=Location(file, 1, 1))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        where = Location(file, line, len(before.decode()) + 1)
        raise SchemaError(
            f"byte 0x{data[error.start]:02x} is not UTF-8 here", where=where
        ) from error
