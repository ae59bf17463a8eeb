"""Pictures in a built page: the SVG itself in place of the image, so that its text can be selected.

A picture alone cannot know the scheme that a reader chose on the page; in the page it can.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A paragraph that holds one image and nothing else, as Markdown makes of an image on a line alone.
_ALONE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_SOURCE = re.compile(r'\bsrc="([^"]*)"')


def inlined(html: str, url: str, pictures: Mapping[PurePosixPath, str]) -> str:
    """A page's content with our pictures in place of their images.

    url: the page's address below the site's root, which images are relative to. pictures: path below
    the site's root -> SVG. An image that is none of them stays.
    """

    def picture(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[1])
        if source is None:
            return match[0]
        path = normpath(join(dirname(url), unquote(unescape(source[1]))))
        drawn = pictures.get(PurePosixPath(path))
        if drawn is None:
            return match[0]
        return f'<figure class="kx-picture" tabindex="0" data-search-exclude>\n{drawn.strip()}\n</figure>'

    return _ALONE.sub(picture, html)
