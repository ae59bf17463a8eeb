"""Pages for readers without a site: what only extensions of Python-Markdown know, said in CommonMark.

Anchors of headings (attr_list), tabs (pymdownx.tabbed) and admonitions become an empty link target, a
heading in bold, and a quotation: https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADING: Final = re.compile(r"(#{1,6} .*?) *\{ *#([\w.-]+) *\}")
_TAB: Final = re.compile(r'===[+!]{0,2} "(.*)"')
_NOTE: Final = re.compile(r'(?:!!!|\?\?\?\+?) +([\w-]+)[\w -]*(?: +"(.*)")?')
_FENCE: Final = re.compile(r" *(`{3,}|~{3,})[^`]*")
_MARKDOWN: Final = re.compile(r' markdown="(?:1|span|block)"')
_CODE: Final = re.compile(r"`([^`]+)`")
#: References that only extensions of Markdown need, away from the beginning of a line: ``=`` and ``^``.
_NEEDLESS: Final = re.compile(r"(?<!^)&#(61|94);")
_INDENT: Final = " " * 4


def plain(text: str) -> str:
    """A page in CommonMark with tables, as code hosts and editors show it."""
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    at, fence = 0, ""
    while at < len(lines):
        line = lines[at]
        at += 1
        if fence:
            fence = "" if line.strip() == fence else fence
            yield line
        elif found := _FENCE.fullmatch(line):
            fence = found[1]
            yield line
        elif found := _HEADING.fullmatch(line):
            yield from (f'<a id="{found[2]}"></a>', "", found[1])
        elif found := _TAB.fullmatch(line):
            block, at = _block(lines, at)
            yield from (f"**{found[1]}**", "", *_lines(block), "")
        elif found := _NOTE.fullmatch(line):
            block, at = _block(lines, at)
            title = f"**{found[1].capitalize() if found[2] is None else found[2]}**"
            yield from (f"> {each}".rstrip() for each in ([title, ""] if title != "****" else []))
            yield from (f"> {each}".rstrip() for each in _lines(block))
            yield ""
        else:
            yield _NEEDLESS.sub(lambda match: chr(int(match[1])), _html(line))


def _block(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The indented block that begins at a line, without its indent, and where it ends."""
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(_INDENT)):
        end += 1
    block = [each.removeprefix(_INDENT) for each in lines[at:end]]
    while block and not block[0].strip():
        del block[0]
    while block and not block[-1].strip():
        del block[-1]
    return block, end


def _html(line: str) -> str:
    """A line of HTML without md_in_html's attribute; in a summary code is an element, too."""
    if not line.startswith("<"):
        return line
    shown = _MARKDOWN.sub("", line)
    return _CODE.sub(r"<code>\1</code>", shown) if shown.startswith("<summary") else shown
