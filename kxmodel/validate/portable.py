r"""The part of regular expressions that means one and the same everywhere.

A `pattern` is read by jsonschema-rs (Rust's regex), by jsonschema (Python's `re`) and by front ends
(ECMA-262 with the ``u`` flag, which JSON Schema recommends). They differ on more than they seem to:
``\d`` takes Arabic digits in Python, ``.`` takes a carriage return in Rust, ``[[a]`` nests in Rust,
``\#`` is an error in ECMA-262. What is left: literal characters, ``\`` before one that has a
meaning, ``\t \n \v \f \r \xHH \uHHHH``, classes, groups, ``|``, ``^``, ``$`` and quantifiers.

``$`` is the end of the text in Rust and ECMA-262, and that is what it means here; Python's own also
stands before a last newline, so `python_pattern` writes it as ``\Z``.

https://tc39.es/ecma262/#sec-patterns, https://docs.rs/regex/latest/regex/#syntax and
https://docs.python.org/3/library/re.html#regular-expression-syntax
"""

from __future__ import annotations

#: Characters with a meaning of their own; `\` takes it away in every dialect.
SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_HEX = frozenset("0123456789abcdefABCDEF")

#: Repetitions multiply what an engine compiles; more atoms than this and Rust's may refuse.
MAX_ATOMS = 5000
_MAX_NESTING = 50

_ADVICE = {
    "d": r"\d takes other scripts' digits in Python; write [0-9]",
    "D": r"\D leaves out other scripts' digits in Python; write [^0-9]",
    "w": r"\w takes letters beyond ASCII in Python; write [A-Za-z0-9_]",
    "W": r"\W leaves out letters beyond ASCII in Python; write [^A-Za-z0-9_]",
    "s": r"\s takes different white space in each dialect; write [ \t\r\n]",
    "S": r"\S leaves out different white space in each dialect; write [^ \t\r\n]",
    "b": r"\b finds different words in each dialect; write what may stand before and after",
    "B": r"\B finds different words in each dialect; write what may stand before and after",
    "A": r"\A is not known to ECMAScript; write ^",
    "Z": r"\Z is known to Python alone; write $",
    "z": r"\z is not known to ECMAScript; write $",
    "p": r"\p is not known to Python; write the characters' ranges, e.g. [A-Za-zÀ-ÿ]",
    "P": r"\P is not known to Python; write the characters' ranges, e.g. [^A-Za-zÀ-ÿ]",
    "0": r"\0 is not known to Rust; write \x00",
    "k": "named references are not known to Rust; write the text again",
    "c": r"\c is known to ECMAScript alone; write \xHH",
}
_GROUPS = {
    "(?=": "a lookahead is not known to Rust; put the condition into a second pattern in allOf",
    "(?!": "a lookahead is not known to Rust; put the condition into a pattern under not",
    "(?<=": "a lookbehind is not known to Rust; put the condition into a second pattern in allOf",
    "(?<!": "a lookbehind is not known to Rust; put the condition into a pattern under not",
    "(?P<": "named groups are written differently in each dialect; write a plain group (...)",
    "(?<": "named groups are written differently in each dialect; write a plain group (...)",
    "(?>": "an atomic group is known to Python alone; write a plain group (?:...)",
    "(?#": "a comment is known to Python alone; put it into $comment",
}


def portable_pattern(regex: str) -> str | None:
    """Why `regex` may mean different things to different readers, and what to write; None if not.

    The sentence names the place by its character, counted from 1.
    """
    try:
        _Reader(regex).read()
    except _NotPortable as found:
        return f"{found.reason} (character {found.at + 1})"
    return None


def python_pattern(regex: str) -> str:
    r"""`regex` for `re.search`, so that ``$`` is the end of the text as it is for the others."""
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(regex):
        piece = regex[at : at + 2] if regex[at] == "\\" else regex[at]
        if piece == "[":
            in_class = True
        elif piece == "]":
            in_class = False
        out.append(r"\Z" if piece == "$" and not in_class else piece)
        at += len(piece)
    return "".join(out)


class _NotPortable(Exception):
    def __init__(self, reason: str, at: int) -> None:
        self.reason = reason
        self.at = at


class _Reader:
    """Reads the portable grammar from left to right. Methods return the number of atoms read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def read(self) -> None:
        self._alternatives(0)
        if self.at < len(self.text):
            raise _NotPortable(r"a ) without its (; write \) for the character", self.at)

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _alternatives(self, nesting: int) -> int:
        atoms = 1
        while (character := self._peek()) not in ("", ")"):
            if character == "|":
                self.at += 1
                continue
            start = self.at
            atoms += self._quantified(self._atom(nesting), anchor=character in "^$")
            if atoms > MAX_ATOMS:
                raise _NotPortable(
                    f"the repetitions multiply to over {MAX_ATOMS} characters; allow fewer, and "
                    "limit the length with maxLength",
                    start,
                )
        return atoms

    def _atom(self, nesting: int) -> int:
        start = self.at
        character = self._peek()
        if character == "(":
            return self._group(nesting)
        if character == "[":
            self._class()
        elif character == "\\":
            self._escape(in_class=False)
        elif character in "*+?":
            raise _NotPortable(f"nothing to repeat before {character}", start)
        elif character in "{}]":
            raise _NotPortable(f"a bare {character}; write \\{character} for the character", start)
        elif character == ".":
            raise _NotPortable(
                r". leaves out other line ends in ECMAScript; write [^\n], or what may stand there",
                start,
            )
        else:
            self._plain()
        return 1

    def _plain(self) -> str:
        character = self._peek()
        if "\ud800" <= character <= "\udfff":
            raise _NotPortable("half of a surrogate pair is no character", self.at)
        self.at += 1
        return character

    def _group(self, nesting: int) -> int:
        start = self.at
        if nesting >= _MAX_NESTING:
            raise _NotPortable(f"groups nest over {_MAX_NESTING} deep", start)
        if self.text.startswith("(?:", start):
            self.at += 3
        elif self.text.startswith("(?", start):
            raise _NotPortable(
                next(
                    (words for opening, words in _GROUPS.items() if self._stands(opening)),
                    "flags are written differently in each dialect; write both cases, e.g. [Aa]",
                ),
                start,
            )
        else:
            self.at += 1
        atoms = self._alternatives(nesting + 1)
        if self._peek() != ")":
            raise _NotPortable(r"a ( without its ); write \( for the character", start)
        self.at += 1
        return atoms

    def _stands(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def _quantified(self, atoms: int, *, anchor: bool) -> int:
        start = self.at
        most = 1
        character = self._peek()
        if character and character in "*+?":
            self.at += 1
        elif character == "{":
            most = self._counts()
        else:
            return atoms
        if anchor:
            raise _NotPortable("^ and $ cannot be repeated", start)
        following = self._peek()
        if following == "?":
            self.at += 1
            following = self._peek()
        if following and following in "*+?{":
            raise _NotPortable(
                "a quantifier after a quantifier; put the first one into a group (?:...)", self.at
            )
        return atoms * most

    def _counts(self) -> int:
        start = self.at
        end = self.text.find("}", start)
        low, comma, high = self.text[start + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not low and comma and _digits(high):
            raise _NotPortable(f"{{,{high}}} is known to Python alone; write {{0,{high}}}", start)
        if not _digits(low) or (high and not _digits(high)):
            raise _NotPortable(r"a bare {; write \{ for the character", start)
        if high and int(low) > int(high):
            raise _NotPortable(f"{{{low},{high}}} ends before it begins", start)
        self.at = end + 1
        return int(high or low) or 1

    def _escape(self, *, in_class: bool) -> str:
        start = self.at
        letter = self.text[start + 1 : start + 2]
        self.at += 2
        if letter in SYNTAX and letter:
            return letter
        if letter == "-" and in_class:
            return letter
        if letter in _CONTROLS:
            return _CONTROLS[letter]
        if letter in ("x", "u"):
            return self._code(start, 2 if letter == "x" else 4)
        if letter in _ADVICE:
            raise _NotPortable(_ADVICE[letter], start)
        if letter and letter in "123456789":
            raise _NotPortable("a back reference is not known to Rust; write it out", start)
        if not letter:
            raise _NotPortable(r"a \ at the end; write \\ for the character", start)
        if letter.isalnum():
            raise _NotPortable(rf"\{letter} is not known to every dialect", start)
        raise _NotPortable(rf"\{letter} is an error in ECMAScript; write {letter}", start)

    def _code(self, start: int, width: int) -> str:
        digits = self.text[self.at : self.at + width]
        if len(digits) != width or not _HEX.issuperset(digits):
            raise _NotPortable(
                rf"\{'x' if width == 2 else 'u'} takes {width} hexadecimal digits everywhere", start
            )
        character = chr(int(digits, 16))
        if "\ud800" <= character <= "\udfff":
            raise _NotPortable("half of a surrogate pair; write the character itself", start)
        self.at += width
        return character

    def _class(self) -> None:
        opening = self.at
        self.at += 2 if self._stands("[^") else 1
        if self._peek() == "]":
            raise _NotPortable(r"] first in a class ends it in ECMAScript alone; write \]", self.at)
        first = True
        while self._peek() != "]":
            low_at = self.at
            low = self._member(opening, first=first)
            if self._peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                if self._peek() == "-":
                    raise _NotPortable(r"-- in a class is an operator in Rust; write \-", self.at)
                if self._member(opening, first=True) < low:
                    raise _NotPortable("a range ends before it begins", low_at)
            first = False
        self.at += 1

    def _member(self, opening: int, *, first: bool) -> str:
        """One character of a class; `first`: a - stands for itself here."""
        at = self.at
        character = self._peek()
        if not character:
            raise _NotPortable(r"a [ without its ]; write \[ for the character", opening)
        if character == "\\":
            return self._escape(in_class=True)
        if self._stands("[:"):
            raise _NotPortable("[:name:] is known to Rust alone; write the ranges, e.g. A-Za-z", at)
        if character == "[":
            raise _NotPortable(r"[ in a class opens another one in Rust; write \[", at)
        if character == "]":
            raise _NotPortable(r"a range without its end; write \- for the character", at)
        if character in "&|~-" and self.text[at + 1 : at + 2] == character:
            raise _NotPortable(
                f"{character * 2} in a class is an operator in Rust; write it once", at
            )
        if character == "-" and not first and self.text[at + 1 : at + 2] != "]":
            raise _NotPortable(r"- amid a class; write it last, or as \-", at)
        return self._plain()


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 100
