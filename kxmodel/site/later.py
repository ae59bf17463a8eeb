"""Blocks of a page that search need not read: pictures and programs, set aside until it has read the rest.

Half of a generated page's elements are the colours of its programs. Every name in them stands on the
page as well, and search takes a fifth of a build to read them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK: Final = re.compile(
    r'<figure class="kx-picture".*?</figure>|<div class="(?:[\w-]+ )*highlight">\s*<pre.*?</pre>\s*</div>',
    re.DOTALL,
)
_MARK: Final = re.compile(r'<p data-kx-later="(\d+)"></p>')


def set_aside(html: str) -> tuple[str, list[str]]:
    """A page's content with a mark in place of each block, and the blocks."""
    blocks: list[str] = []

    def mark(match: re.Match[str]) -> str:
        blocks.append(match[0])
        return f'<p data-kx-later="{len(blocks) - 1}"></p>'

    return _BLOCK.sub(mark, html), blocks


def put_back(html: str, blocks: Sequence[str]) -> str:
    """The content with its blocks again."""
    return _MARK.sub(lambda match: blocks[int(match[1])], html)
