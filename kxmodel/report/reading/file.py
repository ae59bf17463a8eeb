"""Items in a file: JSON Lines, JSON or DynamoDB JSON, plain or gzip."""

from __future__ import annotations

import hashlib
import io
import zlib
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kxmodel.report.reading.decode import NotJson, decode
from kxmodel.report.reading.gunzip import MAGIC, Gunzip
from kxmodel.report.reading.lines import lines
from kxmodel.report.reading.record import Broken, Item, item_of
from kxmodel.report.reading.text import BOM, Piece
from kxmodel.report.reading.values import MOST_OF_A_NAME, are_by_entity, no_entity, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Record = tuple[str, Item | Broken | None]

#: Marks of texts in UTF-16 and UTF-32; the latter's begin like the former's.
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_LINES: Final = frozenset({".jsonl", ".ndjson"})
#: Bytes that are read at once; the first ones tell JSON Lines from JSON.
_BUFFER: Final = 256 * 1024


class ItemFile:
    """One file. Iterating reads it from its beginning to its end, in bounded memory.

    name: as it stands in places. as_lines: whether it is known to be JSON Lines; else its name and
    its beginning tell. hashes: see `item_of`. entities: see `values`.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        hashes: frozenset[str],
        *,
        as_lines: bool = False,
        entities: frozenset[str] = frozenset(),
    ) -> None:
        self.path = path
        self.name = name
        self.md5: bytes | None = None
        """The digest of the file's bytes, once it was read to its end."""
        self._hashes = hashes
        self._entities = entities
        self._as_lines = as_lines or bool(_LINES & set(path.suffixes))
        self._raw: _Counted | None = None

    @property
    def size(self) -> int:
        """The file's bytes; 0 where that cannot be told."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def done(self) -> int:
        """How many of the file's bytes were read."""
        return self._raw.done if self._raw else 0

    def __iter__(self) -> Iterator[Record]:
        """Each record with its place, ``file:line``; None for what is passed over without a word."""
        try:
            with closing(_Counted(self.path.open("rb", buffering=0))) as raw:
                self._raw = raw
                yield from self._records(io.BufferedReader(raw, _BUFFER))
        except OSError as error:
            yield self.name, Broken(f"cannot be read: {error.strerror or error}", "KX665")

    def _records(self, buffered: io.BufferedReader) -> Iterator[Record]:
        stream = buffered
        if buffered.peek(2)[:2] == MAGIC:
            stream = io.BufferedReader(Gunzip(buffered), _BUFFER)
        try:
            for piece in self._pieces(stream):
                yield f"{self.name}:{piece.line}", self._record(piece)
            while buffered.read(_BUFFER):  # what a gzip reader leaves unread counts for the digest
                pass
            self.md5 = self._raw.md5.digest() if self._raw else None
        except (EOFError, zlib.error) as error:
            reason = "is cut off" if isinstance(error, EOFError) else "is damaged"
            yield self.name, Broken(f"{reason}: its gzip stream cannot be read to the end", "KX665")

    def _pieces(self, stream: io.BufferedReader) -> Iterator[Piece]:
        if self._as_lines:
            return lines(stream)
        head = stream.peek(_BUFFER)
        if head.startswith(_UTF16):
            return iter([Piece(1, fault="is UTF-16 or UTF-32 and not UTF-8", last=True)])
        begins = head[:MOST_OF_A_NAME].removeprefix(BOM).decode(errors="replace")
        if not are_by_entity(begins, self._entities) and _looks_like_lines(head):
            return lines(stream)
        return values(stream, self._entities)

    def _record(self, piece: Piece) -> Item | Broken | None:
        if piece.fault:
            return Broken(piece.fault, "KX665" if piece.last else "KX664")
        try:
            value = decode(piece.text)
        except NotJson as error:
            return Broken(str(error))
        if isinstance(value, dict) and _holds_lists(value, self._hashes):
            return Broken(no_entity(next(iter(value)), self._entities))
        item = item_of(value, len(piece.text), self._hashes)
        return replace(item, entity=piece.entity) if isinstance(item, Item) else item


class _Counted(io.RawIOBase):
    """A file that counts and digests what is read of it."""

    def __init__(self, file: io.FileIO) -> None:
        super().__init__()
        self._file = file
        self.done = 0
        self.md5 = hashlib.md5(usedforsecurity=False)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says Buffer, which has no length
        count = self._file.readinto(buffer) or 0
        self.done += count
        self.md5.update(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _holds_lists(value: Mapping[str, object], hashes: frozenset[str]) -> bool:
    """Whether an object is no item but lists of items, which have other names than entities."""
    return bool(value) and all(
        name not in hashes
        and isinstance(inner, list)
        and all(isinstance(element, dict) for element in inner)
        for name, inner in value.items()
    )


def _looks_like_lines(head: bytes) -> bool:
    """Whether each line is a record: the first one is a whole object, or the next begins another."""
    first, _, rest = head.removeprefix(BOM).lstrip().partition(b"\n")
    first = first.rstrip()
    if not first.startswith(b"{"):
        return False
    if not first.endswith((b"{", b"[", b":", b",")) and rest.startswith(b"{"):
        return True
    try:
        decode(first.decode(errors="replace"))
    except NotJson:
        return False
    return not first.startswith(b'{"Items"')
