"""Markdown in which a schema's words are words: nothing of them is ever markup.

What is written here reads the same to Python-Markdown (with tables, md_in_html and attr_list) and to
CommonMark (https://spec.commonmark.org/), so that the pages outlive the tool that shows them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Both dialects take a backslash before these (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_BACKSLASHED: Final = "\\`*_#!"
#: What only some extensions give a meaning goes as a character reference, which no extension reads.
_REFERENCED: Final = "+{}[]<>&|~^=$@\"'"
_ESCAPES: Final = {
    **{ord(c): f"\\{c}" for c in _BACKSLASHED},
    **{ord(c): f"&#{ord(c)};" for c in _REFERENCED},
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
    # Prose is full of these two, and between letters neither is read as markup.
    ord("'"): "'",
    ord('"'): '"',
}
#: Emoji names (``:smile:``), and addresses that extensions make links of.
_COLON: Final = re.compile(r":(?=\S)|(?<=www)\.")
#: What a line may not begin with: lists, headings underlined, admonitions, snippets, definitions.
_LINE_START: Final = re.compile(r"^(\s*)([-+=:?]|\d+(?=[.)]))")
_IN_WORD: Final = re.compile(r"(?<=\w)\\_(?=\w)")
_SPAN: Final = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_CODE_ENTITIES: Final = {ord(c): f"&#{ord(c)};" for c in "\\`*_{}[]#!|~^=$@\"':<>&-+."}
_ANCHOR: Final = re.compile(r"[^a-z0-9]+")


def text(words: str) -> str:
    """Words of a schema on one line, with nothing in them that is markup."""
    line = printable(" ".join(words.split()))
    shown = _IN_WORD.sub("_", line.translate(_ESCAPES))
    shown = _COLON.sub(lambda match: f"&#{ord(match[0])};", shown)
    return _LINE_START.sub(lambda match: f"{match[1]}&#{ord(match[2][0])};{match[2][1:]}", shown)


def prose(words: str) -> str:
    """A description: its paragraphs, and text between backticks as code; everything else is text."""
    paragraphs = re.split(r"\n\s*\n", words.replace("\r\n", "\n").strip())
    return "\n\n".join(line(each) for each in paragraphs if each.strip())


def line(words: str) -> str:
    """A description on one line, for a cell of a table; text between backticks is code."""
    flat = " ".join(words.split())
    parts, at = [], 0
    for span in _SPAN.finditer(flat):
        parts += [_piece(flat[at : span.start()]), code(span[2].strip())]
        at = span.end()
    parts.append(_piece(flat[at:]))
    shown = "".join(parts)
    return _LINE_START.sub(lambda match: f"{match[1]}&#{ord(match[2][0])};{match[2][1:]}", shown)


def code(words: str) -> str:
    """Code within a line. As backticks where that is safe anywhere, else as HTML."""
    shown = printable(re.sub(r"[\r\n\t]+", " ", words))
    if not shown:
        return ""
    if not set("`|\\<>&") & set(shown) and shown == shown.strip():
        return f"`{shown}`"
    return f"<code>{shown.translate(_CODE_ENTITIES)}</code>"


def fence(words: str, language: str = "") -> str:
    """A block of code, whatever stands in it."""
    body = "\n".join(
        printable(each) for each in words.replace("\r\n", "\n").rstrip("\n").split("\n")
    )
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{body}\n{ticks}"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """A pipe table of cells that are Markdown already. align: a letter a column, l, r or c."""
    rules = {"l": ":---", "r": "---:", "c": ":---:"}
    marks = [rules.get(align[n : n + 1], "---") for n in range(len(headers))]
    lines = [headers, marks, *rows]
    return "\n".join(f"| {' | '.join(cell or ' ' for cell in each)} |" for each in lines)


def link(label: str, target: str) -> str:
    """A link. label: Markdown. target: a page or anchor that we named ourselves."""
    return f"[{label}]({target})"


def image(label: str, target: str) -> str:
    """A picture, which stands alone on its line. label: what is in it, for who does not see it.

    target: a picture that we named ourselves.
    """
    return f"![{text(label)}]({target})"


def heading(level: int, label: str, anchor: str = "") -> str:
    """A heading. label: Markdown. anchor: an id of its own, so that links to it are stable."""
    return f"{'#' * level} {label}" + (f" {{ #{anchor} }}" if anchor else "")


@cache
def slug(name: str) -> str:
    """A name in the form that addresses take: lower case, digits and hyphens; never empty.

    Names without a single such letter keep apart by their code points.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    return _ANCHOR.sub("-", words).strip("-") or "-".join(f"{ord(c):x}" for c in name[:8]) or "x"


def indent(block: str, spaces: int = 4) -> str:
    """A block inside another, e.g. of a tab or an admonition."""
    return "\n".join(" " * spaces + each if each.strip() else "" for each in block.split("\n"))


def tabs(panes: Iterable[tuple[str, str]]) -> str:
    """Blocks of which one is shown at a time: `pymdownx.tabbed`, which needs no JavaScript."""
    return "\n\n".join(f'=== "{label}"\n\n{indent(block)}' for label, block in panes)


def note(title: str, block: str, kind: str = "note") -> str:
    """An admonition. title: our own words."""
    return f'!!! {kind} "{title}"\n\n{indent(block)}'


def page(*blocks: str) -> str:
    """The blocks of a page with an empty line between them, one line end at its end."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def _piece(words: str) -> str:
    shown = _IN_WORD.sub("_", printable(words).translate(_ESCAPES))
    return _COLON.sub(lambda match: f"&#{ord(match[0])};", shown)
