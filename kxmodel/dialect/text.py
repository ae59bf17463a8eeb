"""JSON text (RFC 8259) -> values and where each of them stands.

Stricter than `json.loads`, which drops the first of two members of one name, takes NaN, keeps lone
surrogates that no UTF-8 file can hold, turns numbers into floats, and knows no positions.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from kxmodel.dialect.positions import Lines, child
from kxmodel.errors import SchemaError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"

#: Levels of nesting that a document may have.
MAX_DEPTH: Final = 100
#: Digits that a number may have: CPython's own limit for int().
MAX_DIGITS: Final = 4300

_BLANK: Final = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
#: A string that is its own value, as most are, and the white space behind it.
_PLAIN = re.compile(r'"([^"\\\x00-\x1f\ud800-\udfff]*)"[ \t\n\r]*')
_STRING = re.compile(
    r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*(?P<end>"?)'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<rest>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)")
_WORD = re.compile(r"[-+.\w]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONSTANTS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Parsed:
    """A document's value; JSON pointer -> offset of each value, and of each member's name."""

    source: str = field(repr=False)
    value: Json
    lines: Lines
    values: Mapping[str, int] = field(repr=False)
    names: Mapping[str, int] = field(repr=False)
    whole: bool = False
    """Whether a whole number is written like none, as ``2.0`` or ``1e3``."""


def parse(text: str, file: str) -> Parsed:
    """Read one JSON document; integers come as int, other numbers as Decimal. `json_text` is the inverse.

    Raises SchemaError (KX102 broken, KX103 duplicate member, KX104 too deep or a number too long)
    with the place in `file`.
    """
    scanner = _Scanner(text, Lines(file, text))
    value = scanner.value("", 0)
    scanner.space()
    if scanner.at < len(text):
        scanner.fail("text after the end of the document")
    return Parsed(text, value, scanner.lines, scanner.values, scanner.names, scanner.whole)


class _Scanner:
    """One pass over the text; `at` is the offset of the next character."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.at = 0
        self.values: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.whole = False

    def fail(self, message: str, *, at: int | None = None, code: str = "KX102") -> NoReturn:
        where = self.lines.at(self.at if at is None else at)
        raise SchemaError(message, code=code, where=where)

    def space(self) -> str:
        """Skip white space; the next character, or ``""`` at the end."""
        following = self.text[self.at : self.at + 1]
        if following in _BLANK and (found := _SPACE.match(self.text, self.at)):
            self.at = found.end()
            following = self.text[self.at : self.at + 1]
        return following

    def value(self, pointer: str, depth: int) -> Json:
        following = self.space()
        self.values[pointer] = self.at
        if depth > MAX_DEPTH:
            self.fail(f"nested deeper than {MAX_DEPTH} levels", code="KX104")
        if following == "{":
            return self.members(pointer, depth)
        if following == "[":
            return self.elements(pointer, depth)
        if following == '"':
            return self.string()
        return self.word()

    def members(self, pointer: str, depth: int) -> dict[str, Json]:
        start, members = self.at, dict[str, Json]()
        self.at += 1
        if self.space() == "}":
            self.at += 1
            return members
        while True:
            if self.space() != '"':
                self.expected('a member name in double quotes or "}"', start)
            place = self.at
            name = self.string()
            if name in members:
                self.fail(f"a second member {shorten(name)}", at=place, code="KX103")
            below = child(pointer, name)
            self.names[below] = place
            if self.space() != ":":
                self.expected(f'":" after {shorten(name)}', start)
            self.at += 1
            members[name] = self.value(below, depth + 1)
            if self.end_of("}", start):
                return members

    def elements(self, pointer: str, depth: int) -> list[Json]:
        start, elements = self.at, list[Json]()
        self.at += 1
        if self.space() == "]":
            self.at += 1
            return elements
        while True:
            elements.append(self.value(child(pointer, len(elements)), depth + 1))
            if self.end_of("]", start):
                return elements

    def end_of(self, bracket: str, start: int) -> bool:
        following = self.space()
        if following not in (",", bracket):
            self.expected(f'"," or "{bracket}"', start)
        self.at += 1
        return following == bracket

    def expected(self, what: str, start: int) -> NoReturn:
        found = shorten(self.text[self.at]) if self.at < len(self.text) else "the end of the file"
        opened = self.lines.at(start)
        self.fail(
            f"expected {what}, found {found} (in what opens at {opened.line}:{opened.column})"
        )

    def string(self) -> str:
        if plain := _PLAIN.match(self.text, self.at):
            self.at = plain.end()
            return plain[1]
        start, found = self.at, _STRING.match(self.text, self.at)
        if not found or not found["end"]:
            self.at = found.end() if found else self.at
            if self.at >= len(self.text):
                self.fail("a string is not closed", at=start)
            if self.text[self.at] == "\\":
                self.fail(f"unknown escape {shorten(self.text[self.at : self.at + 2])} in a string")
            self.fail(f"{shorten(self.text[self.at])} must be escaped in a string")
        self.at = found.end()
        literal = found[0]
        value: str = json.loads(literal) if "\\" in literal else literal[1:-1]
        if _SURROGATE.search(value):
            self.fail("a string holds half of a surrogate pair, which is no character", at=start)
        return value

    def word(self) -> bool | int | Decimal | None:
        """A number or one of the constants."""
        start, found = self.at, _WORD.match(self.text, self.at)
        if not found:
            if start >= len(self.text):
                self.fail("expected a value, found the end of the file")
            self.fail(f"expected a value, found {shorten(self.text[start])}")
        word = found[0]
        self.at = found.end()
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        number = _NUMBER.fullmatch(word)
        if not number:
            self.fail(f"{shorten(word)} is no JSON value", at=start)
        if len(word) > MAX_DIGITS:
            self.fail(f"a number of more than {MAX_DIGITS} digits", at=start, code="KX104")
        if not number["rest"]:
            return int(word)
        try:
            exact = Decimal(word)
        except InvalidOperation:
            self.fail(f"the number {shorten(word)} is out of range", at=start, code="KX104")
        self.whole = self.whole or exact == exact.to_integral_value()
        return exact
