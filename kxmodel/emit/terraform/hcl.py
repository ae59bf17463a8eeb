"""HCL as ``terraform fmt`` lays it out. Pure.

"Native syntax specification": https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.errors import ExportError
from kxmodel.values.shown import INVISIBLE, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: ``${`` and ``%{`` open a template. Doubling the mark escapes them, but not behind another mark; an
#: escaped mark is one nowhere.
_SPECIAL: Final = re.compile(rf'[\\"]|[$%](?=\{{)|{INVISIBLE.pattern}')
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Expression:
    """An expression as it is written, e.g. ``var.prefix``. Never made from a schema's text alone."""

    text: str


#: What an argument can be; a sequence is a list on one line.
Value: TypeAlias = "str | int | bool | Expression | Sequence[Value] | Object"


@dataclass(frozen=True)
class Object:
    """``{ name = value }``. quoted: whether the names are texts of a schema."""

    members: tuple[tuple[str, Value], ...]
    quoted: bool = False


@dataclass(frozen=True)
class Block:
    """``kind "label" { ... }``: arguments first, then blocks."""

    kind: str
    labels: tuple[str, ...] = ()
    arguments: tuple[tuple[str, Value], ...] = ()
    blocks: tuple[Block, ...] = field(default=())


def quote(text: str) -> str:
    """A string that is `text`, whatever is in it.

    Raises ExportError KX703 for half a surrogate pair, which no UTF-8 file can hold.
    """
    if _SURROGATE.search(text):
        raise ExportError(f"{printable(text)!r} holds half a surrogate pair", code="KX703")
    return '"' + _SPECIAL.sub(lambda found: _escape(found[0]), text) + '"'


def template(*parts: str | Expression) -> Expression:
    """``"${a}text${b}"``, where only the expressions are evaluated."""
    body = "".join(
        f"${{{part.text}}}" if isinstance(part, Expression) else quote(part)[1:-1] for part in parts
    )
    return Expression(f'"{body}"')


def render(blocks: Sequence[Block]) -> str:
    """The blocks, an empty line between two."""
    return "\n".join("".join(f"{line}\n" for line in _block(block)) for block in blocks)


def _block(block: Block) -> Iterator[str]:
    head = " ".join((block.kind, *(quote(label) for label in block.labels)))
    if not (block.arguments or block.blocks):
        yield f"{head} {{}}"
        return
    yield f"{head} {{"
    yield from (_indented(line) for line in _arguments(block.arguments))
    for number, inner in enumerate(block.blocks):
        if number or block.arguments:
            yield ""
        yield from (_indented(line) for line in _block(inner))
    yield "}"


def _arguments(arguments: Sequence[tuple[str, Value]]) -> Iterator[str]:
    """Neighbours on one line each are aligned; what takes several lines stands by itself."""
    written = [(name, _value(value)) for name, value in arguments]
    run: list[tuple[str, str]] = []
    for number, (name, lines) in enumerate(written):
        if len(lines) == 1:
            run.append((name, lines[0]))
            continue
        yield from _aligned(run)
        if run:
            yield ""
        run = []
        yield f"{name} = {lines[0]}"
        yield from lines[1:]
        if number + 1 < len(written):
            yield ""
    yield from _aligned(run)


def _aligned(run: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max((len(name) for name, _ in run), default=0)
    for name, text in run:
        yield f"{name:<{width}} = {text}"


def _value(value: Value) -> list[str]:
    if isinstance(value, Expression):
        return [value.text]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, str):
        return [quote(value)]
    if isinstance(value, Object):
        return _object(value)
    flat = [_value(each) for each in value]
    assert all(len(lines) == 1 for lines in flat)
    return [f"[{', '.join(lines[0] for lines in flat)}]"]


def _object(value: Object) -> list[str]:
    if not value.members:
        return ["{}"]
    members = [(quote(n) if value.quoted else n, v) for n, v in value.members]
    return ["{", *(_indented(line) for line in _arguments(members)), "}"]


def _indented(line: str) -> str:
    return f"  {line}" if line else ""


def _escape(mark: str) -> str:
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    code = ord(mark)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
