"""A schema file, read and parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.node import Node
from kxmodel.dialect.text import Json, Parsed, parse
from kxmodel.errors import Location, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
        """What the file holds."""
        return self.parsed.value

    @property
    def root(self) -> Node:
        """The same as a node."""
        return Node(self, "", self.value)

    def location(self, pointer: str, *, name: bool = False, offset: int = 0) -> Location:
        """The place of the value at `pointer` (or of its member name), or of the nearest above it.

        offset: characters further on.
        """
        places = self.parsed.names if name else self.parsed.values
        while pointer not in places and pointer:
            pointer = pointer.rpartition("/")[0]
            places = self.parsed.values
        return self.parsed.lines.at(places.get(pointer, 0) + offset)


class Places(Mapping[str, Location]):
    """JSON pointer, with the document's prefix -> place, for every value of some documents."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.prefix: document for document in documents}

    def __getitem__(self, place: str) -> Location:
        for prefix, document in self._documents.items():
            pointer = place.removeprefix(prefix)
            if prefix + pointer == place and pointer in document.parsed.values:
                return document.location(pointer)
        raise KeyError(place)

    def __iter__(self) -> Iterator[str]:
        for prefix, document in self._documents.items():
            for pointer in document.parsed.values:
                yield prefix + pointer

    def __len__(self) -> int:
        return sum(len(document.parsed.values) for document in self._documents.values())


def load(path: Path, file: str) -> Document:
    """Read the JSON file at `path`.

    Raises SchemaError: KX101 (cannot be opened, not UTF-8), KX104 (over `MAX_BYTES`), and what
    `parse` raises.
    """
    return Document(file, path.resolve(), parse(_read(path, file), file))


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
