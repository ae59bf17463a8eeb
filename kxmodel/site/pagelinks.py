"""What every page of a built site gets: its Markdown beside it, and the way there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


def with_alternate(output: str, page: Page) -> str:
    """A page's HTML with the address of its Markdown in the head, where scripts and robots look.

    The space in `rel` is for Material, which takes a lone "alternate" for a translation of the site
    and asks for its sitemap.
    """
    link = f'<link rel="alternate " type="text/markdown" href="{_address(page)}">'
    return output.replace("</head>", f"{link}\n</head>", 1)


def with_source(content: str, page: Page) -> str:
    """A page's content with a link to its Markdown at its end, which a script makes a button of."""
    return (
        f'{content}\n<p class="kx-source"><a href="{_address(page)}">This page as Markdown</a></p>'
    )


def with_ways_on(output: str, base: str, patterns: str | None) -> str:
    """The page for what is not found, with ways back.

    base: the site's root, absolute. patterns: the address of the access patterns below it; None: the
    tables have none.
    """
    root = escape(base.rstrip("/"))
    ways = f'There is no such page here. <a href="{root}/">The start page</a> lists the tables'
    if patterns is not None:
        target = f"{root}/{escape(quote(patterns))}"
        ways += f', and <a href="{target}">the access patterns</a> say how each question is asked'
    ways = f"<p>{ways}.</p>"
    return output.replace("</h1>", f"</h1>\n{ways}", 1)


def _address(page: Page) -> str:
    return escape(quote(get_relative_url(page.file.src_uri, page.url)))
