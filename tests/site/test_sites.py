"""Built sites: their links, what they load, and that a schema's words are words."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest

from kxmodel.site.pagelinks import with_ways_on
from tests.site.hostile import TEXTS
from tests.site.sites import PLAIN, Html, Site, build, project, schemas_of

SITES = ("own", "shop", "membership", "hostile")


@pytest.fixture(params=SITES)
def site(request) -> Site:
    return request.getfixturevalue(request.param)


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(site):
    assert len(site.pages) > 5
    assert site.broken() == []


def test_an_anchor_is_there_once(site):
    for address, page in site.pages.items():
        assert sorted(page.ids) == sorted(set(page.ids)), address


def test_stylesheets_load_nothing(site):
    for sheet in site.folder.rglob("*.css"):
        assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet


def test_each_page_has_its_markdown_beside_it(site):
    for address, page in site.pages.items():
        named = re.findall(
            r'<link rel="alternate " type="text/markdown" href="([^"]+)">', page.text
        )
        assert len(named) == 1
        text = (site.folder / address / named[0]).resolve().read_text("utf-8")
        assert re.search("^# ", text, re.MULTILINE), address
        assert f'<a href="{named[0]}">This page as Markdown</a>' in page.text


def test_links_in_the_markdown_lead_to_markdown(site):
    """As on a code host, where nobody makes addresses of paths."""
    for place in site.folder.rglob("*.md"):
        text = re.sub(r"^```.*?^```", "", place.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^):#\s]+)(?:#[^)]*)?\)", text):
            assert (place.parent / target).is_file(), (place, target)


def test_language_models_get_a_list_and_the_whole(site):
    listed = (site.folder / "llms.txt").read_text("utf-8")
    targets = re.findall(r"^- \[.+\]\((\S+\.md)\)$", listed, re.MULTILINE)
    assert len(targets) == len(set(targets)) == len(site.pages)
    whole = (site.folder / "llms-full.txt").read_text("utf-8")
    for target in targets:
        assert (site.folder / target).read_text("utf-8") in whole


def test_what_is_not_found_leads_on(shop):
    text = (shop.folder / "404.html").read_text("utf-8")
    assert {"/shop/", "/shop/patterns/"} <= set(Html(text).links)


def test_a_page_is_edited_where_it_comes_from(shop):
    def edited(address):
        links = [link for link in shop.pages[address].links if "example.com/edit" in link]
        return {urljoin(link, urlsplit(link).path) for link in links}

    schema = "https://example.com/edit/main/schemas/shop.json"
    assert edited("tables/shop/") == edited("tables/shop/attributes/") == {schema}
    assert edited("hand-written/") == {"https://example.com/edit/main/docs/hand-written.md"}
    assert edited("playground/") == set()


def test_the_navigation_has_the_sections_where_they_were_asked_for(shop):
    text = shop.pages["hand-written/"].text
    links = [link for link in shop.pages["hand-written/"].links if not link.startswith("#")]
    order = [links.index(each) for each in ("../tables/shop/", "../playground/", "../migrations/")]
    assert order == sorted(order)
    assert "kxmodel:" not in text


@pytest.mark.parametrize("page", ["index.md", "README.md"])
def test_a_first_page_of_ones_own_stays_and_ours_heads_the_tables(page, tmp_path):
    config = project(tmp_path / "project", schemas_of("examples/membership/schemas"), PLAIN)
    (config.parent / "docs" / page).write_text("# Our handbook\n\n[Tables](tables/index.md)\n")
    site = Site(build(config, tmp_path / "site"))
    assert "Our handbook" in site.pages[""].text
    assert 'id="finder"' not in site.pages[""].text
    tables = site.pages["tables/"]
    assert {"finder", "tenancy", "models"} <= set(tables.ids)
    assert "kx-svg" in tables.text
    assert site.broken() == []


def test_hostile_text_is_text(hostile):
    marks = ("window.hurt", "id=hurt", "example.invalid", "smile:", "javascript:")
    for address, page in hostile.pages.items():
        elements = re.findall(r"<[a-zA-Z][^<>]*>", page.text)
        scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", page.text, re.DOTALL)
        for mark in marks:
            inside = [each for each in (*elements, *scripts) if mark in each]
            assert not [e for e in inside if not _quoted(e, mark)], (address, mark, inside[:2])
        assert "kx-hurt" not in " ".join(re.findall(r'class="([^"]*)"', page.text))
        assert not set("\u202e\u2066\u200b\u0007\u001b") & set(page.text)
    attributes = hostile.pages["tables/hostile/attributes/"].text
    assert "&lt;script&gt;window.hurt" in attributes
    assert TEXTS[8] in attributes
    assert "\u05e9\u05dc\u05d5\u05dd" in attributes


def _quoted(element: str, mark: str) -> bool:
    """Whether the mark stands inside a quoted value of an attribute that runs nothing."""
    for name, value in re.findall(r'([a-z:-]+)="([^"]*)"', element):
        if mark in value and not name.startswith("on") and name not in ("href", "src"):
            return True
    return False


@pytest.mark.parametrize("patterns", ["patterns/", "patterns/index.html", None])
def test_what_is_not_found_leads_nowhere_that_there_is_not(patterns):
    """Without access patterns there is no page of them, and not all sites have addresses of folders."""
    links = Html(with_ways_on("<h1>404</h1>", "/shop/", patterns)).links
    assert links == ["/shop/", *([f"/shop/{patterns}"] if patterns else [])]
