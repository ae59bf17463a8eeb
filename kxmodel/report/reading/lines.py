"""JSON Lines: a record a line (https://jsonlines.org), in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.report.reading.text import BOM, MAX_RECORD, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader, BytesIO

_TOO_LONG: Final = f"is over {MAX_RECORD // 1024**2} MiB long, which no item is"


def lines(stream: BufferedReader | BytesIO) -> Iterator[Piece]:
    """The lines that are not blank, each with its number from 1."""
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(BOM)
        if len(line) > MAX_RECORD and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Piece(number, fault=_TOO_LONG)
            continue
        line = line.strip()
        if not line:
            continue
        try:
            yield Piece(number, line.decode())
        except UnicodeDecodeError as error:
            yield Piece(number, fault=f"is not UTF-8: {error.reason} at byte {error.start + 1}")


def _skip_line(stream: BufferedReader | BytesIO) -> None:
    while (more := stream.readline(MAX_RECORD)) and not more.endswith(b"\n"):
        pass
