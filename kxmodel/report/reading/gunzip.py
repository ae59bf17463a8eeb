"""Reading gzip so that a file which is cut off still gives all that it holds."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from io import BufferedReader

#: RFC 1952, section 2.3.1.
MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 16 * 1024
#: zlib's word for gzip with its header and check sum.
_GZIP: Final = 16 + zlib.MAX_WBITS


class Gunzip(io.RawIOBase):
    """The content of a gzip file, of one member or several.

    `gzip.GzipFile` reads ahead, and drops what it has when the stream ends too early. Here that is
    handed out first. Raises EOFError for a stream that is cut off, zlib.error for a damaged one.
    """

    def __init__(self, packed: BufferedReader) -> None:
        super().__init__()
        self._packed = packed
        self._member = zlib.decompressobj(_GZIP)
        self._rest = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says Buffer, which has no length
        while True:
            data = self._rest or self._packed.read(_CHUNK)
            ended = not data
            if self._member.eof and data:
                data = self._next_member(data)
                if not data:
                    continue
            elif ended and (self._member.eof or not self._begun):
                return 0
            self._begun = True
            found = self._member.decompress(data, len(buffer))
            self._rest = self._member.unconsumed_tail or self._member.unused_data
            if found:
                buffer[: len(found)] = found
                return len(found)
            if ended:
                raise EOFError("the gzip stream is cut off")

    def _next_member(self, data: bytes) -> bytes:
        """Begin the next member; zeros between them are padding, as gzip itself takes them."""
        self._rest = data = data.lstrip(b"\0")
        if data:
            self._member = zlib.decompressobj(_GZIP)
        return data
