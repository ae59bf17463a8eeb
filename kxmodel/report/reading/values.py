"""A JSON file cut into its records, in bounded memory: an array's elements, or value after value.

A record is cut out by its brackets before it is parsed, so that a broken one costs itself alone.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kxmodel.errors.base import shorten
from kxmodel.report.reading.text import MAX_RECORD, Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator
    from io import BufferedReader, BytesIO

_CHUNK: Final = 256 * 1024

#: Where records begin: in the array of a file, or of what `aws dynamodb scan` prints.
_OPENING: Final = re.compile(r'\s*(?:\[|\{\s*"Items"\s*:\s*\[)')
#: What stands before a list of one entity's items, in the object that `kxmodel export samples` writes.
_MEMBER: Final = re.compile(r'\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*:\s*', re.DOTALL)
#: Characters in which it is looked for: a name is not longer.
MOST_OF_A_NAME: Final = 4096
_SPACE: Final = re.compile(r"[\s,]*")
#: What the structure hangs on: whole texts, brackets, commas, and a quote whose text goes on.
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},"]', re.DOTALL)
#: Bytes that were no UTF-8, as `surrogateescape` keeps them.
_ESCAPED: Final = re.compile("[\udc80-\udcff]")


def values(
    stream: BufferedReader | BytesIO, entities: Collection[str] = frozenset()
) -> Iterator[Piece]:
    """The elements of the file's one array, or of its ``Items``; else its values one after another.

    entities: of an object whose first member is called like one and is a list, the elements of each list.
    """
    yield from _Cutter(stream).pieces(entities)


def no_entity(name: str, entities: Collection[str]) -> str:
    """Why a list of items is not judged."""
    known = ", ".join(sorted(entities)) or "none"
    return f"is a list called {shorten(name)}, which is no entity; the entities are {known}"


def are_by_entity(head: str, entities: Collection[str]) -> bool:
    """Whether a file that begins so is an object of lists, each of one entity's items."""
    start = head.lstrip()
    member = _MEMBER.match(start, 1) if start.startswith("{") else None
    return member is not None and start[member.end() :][:1] == "[" and _name(member) in entities


class _Cutter:
    def __init__(self, stream: BufferedReader | BytesIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def pieces(self, entities: Collection[str]) -> Iterator[Piece]:
        self._fill_to(MOST_OF_A_NAME)
        if are_by_entity(self._text, entities):
            yield from self._by_entity(entities)
            return
        opening = _OPENING.match(self._text)
        if opening is None:
            yield from self._records("")
            return
        self._pass_to(opening.end())
        whole = yield from self._records("]")
        wrapped = "{" in opening.group()
        if whole and not wrapped and not self._ended_cleanly():
            yield Piece(self._line, fault="stands after the array's end", last=True)

    def _by_entity(self, entities: Collection[str]) -> Iterator[Piece]:
        """The elements of an object's lists, each with its list's name."""
        self._skip_space()
        self._pass_to(self._at + 1)
        while True:
            self._skip_space()
            if self._at < len(self._text) and self._text[self._at] == "}":
                self._pass_to(self._at + 1)
                break
            self._fill_to(MOST_OF_A_NAME)
            member = _MEMBER.match(self._text, self._at)
            if member is None or not self._text.startswith("[", member.end()):
                yield Piece(self._line, fault=_no_list(member), last=True)
                return
            name, line = _name(member), self._line
            self._pass_to(member.end() + 1)
            if name not in entities:
                yield Piece(line, fault=no_entity(name, entities))
            for piece in self._records("]"):
                if piece.last or name in entities:
                    yield replace(piece, entity=name)
                if piece.last:
                    return
        if not self._ended_cleanly():
            yield Piece(self._line, fault="stands after the object's end", last=True)

    def _fill_to(self, length: int) -> None:
        """Read until so many characters are at hand, or the file ends."""
        while len(self._text) - self._at < length and not self._ended:
            self._fill()

    def _records(self, closing: str) -> Generator[Piece, None, bool]:
        """The records up to the bracket `closing`, or to the file's end where there is none.

        Gives whether all were read.
        """
        while True:
            self._skip_space()
            if self._at == len(self._text):
                if closing:
                    yield Piece(self._line, fault="ends before its array does", last=True)
                return not closing
            if closing and self._text[self._at] == closing:
                self._pass_to(self._at + 1)
                return True
            line = self._line
            end = self._end_of_record(inside=bool(closing))
            if end is None:
                mib = MAX_RECORD // 1024**2
                fault = f"is over {mib} MiB long, which no item is; the rest was not read"
                yield Piece(line, fault=fault, last=True)
                return False
            text = self._text[self._at : end].rstrip()
            self._pass_to(end)
            if _ESCAPED.search(text):
                yield Piece(line, fault="is not UTF-8")
            else:
                yield Piece(line, text)

    def _end_of_record(self, *, inside: bool) -> int | None:
        """Where the record ends that begins at the current place; None where it is too long."""
        while True:
            end = _cut(self._text, self._at, inside=inside)
            if end is not None:
                return end
            if self._ended:
                return len(self._text)
            if len(self._text) - self._at > MAX_RECORD:
                return None
            self._fill()

    def _skip_space(self) -> None:
        while True:
            space = _SPACE.match(self._text, self._at)
            assert space is not None
            self._pass_to(space.end())
            if self._at < len(self._text) or self._ended:
                return
            self._fill()

    def _pass_to(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _fill(self) -> None:
        """Read more: as much again as is there, so that a long record is not scanned too often.

        By `read1`, since `read` drops what it has when a gzip stream ends too early.
        """
        kept = self._text[self._at :]
        data = self._stream.read1(max(_CHUNK, len(kept)))
        self._ended = not data
        self._text = kept + self._decoder.decode(data, final=self._ended)
        self._at = 0

    def _ended_cleanly(self) -> bool:
        self._skip_space()
        return self._at == len(self._text)


def _name(member: re.Match[str]) -> str:
    """The member's name without its escapes; as it is where they are none of JSON's."""
    try:
        return str(json.loads(f'"{member[1]}"', strict=False))
    except ValueError:
        return member[1]


def _no_list(member: re.Match[str] | None) -> str:
    if member is None:
        return "ends before its object does, or goes on with no list"
    return f"holds no list of items as {shorten(_name(member))}; the rest was not read"


def _cut(text: str, start: int, *, inside: bool) -> int | None:
    """Where the record at `start` ends; None where that is not in `text`.

    inside: it is an element of an array, so that a comma or the array's bracket ends it as well.
    """
    if not inside and text[start] not in "{[":
        end = text.find("\n", start)
        return None if end < 0 else end
    depth = 0
    for token in _TOKEN.finditer(text, start):
        match token.group():
            case "{" | "[":
                depth += 1
            case "}" | "]":
                if depth == 0:
                    return token.start() if token.group() == "]" else token.end()
                depth -= 1
                if depth == 0:
                    return token.end()
            case "," if depth == 0:
                return token.start()
            case '"':
                return None
    return None
