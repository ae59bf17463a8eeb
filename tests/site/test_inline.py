from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from kxmodel.site.inline import inlined

if TYPE_CHECKING:
    from tests.site.sites import Site

PICTURES = {PurePosixPath("tables/a/keys.svg"): "<svg>drawn</svg>\n"}


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("tables/a/", "keys.svg"),
        ("tables/a/attributes/", "../keys.svg"),
        ("", "tables/a/keys.svg"),
        ("tables/a/index.html", "keys.svg"),
        ("migrations/", "../tables/%61/keys.svg"),
    ],
)
def test_a_picture_of_ours_is_put_in(url: str, source: str) -> None:
    html = f'<h1>x</h1>\n<p><img alt="a &gt; b" src="{source}" /></p>\n<p>after</p>'
    made = inlined(html, url, PICTURES)
    assert "<img" not in made
    assert "<svg>drawn</svg>" in made
    assert made.startswith("<h1>x</h1>\n<figure ")
    assert made.endswith("</figure>\n<p>after</p>")


@pytest.mark.parametrize(
    "html",
    [
        '<p><img alt="" src="other.svg"></p>',
        '<p>In a line <img alt="" src="keys.svg"></p>',
        '<p><img alt=""></p>',
        '<p><img alt="" src="https://example.com/keys.svg"></p>',
    ],
)
def test_other_images_stay(html: str) -> None:
    assert inlined(html, "tables/a/", PICTURES) == html


def test_a_backslash_in_a_picture_stays() -> None:
    pictures = {PurePosixPath("a.svg"): r"<svg>\1 \g<0></svg>"}
    assert r"\1 \g<0>" in inlined('<p><img src="a.svg"></p>', "", pictures)


@pytest.mark.parametrize("name", ["shop", "membership"])
def test_built_pages_hold_their_pictures(name: str, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    for page in ("", f"tables/{name}/", f"tables/{name}/collections/", "migrations/"):
        html = (site.folder / page / "index.html").read_text("utf-8")
        shown = html.count('<figure class="kx-picture"')
        assert (
            shown == html.count('class="kx-svg"') == (0 if page == "migrations/" else max(shown, 1))
        )
        assert not [source for source in site.pages[page].loads if source.endswith(".svg")]


def test_the_words_of_a_picture_are_not_found_twice(shop: Site) -> None:
    """They stand in the page's text already."""
    index = (shop.folder / "search" / "search_index.json").read_text("utf-8")
    assert "piece by piece" not in index
    assert "prefers-color-scheme" not in index
