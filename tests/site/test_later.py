from __future__ import annotations

import json

from kxmodel.site.later import put_back, set_aside

PROGRAM = '<div class="language-json highlight"><pre><span></span><code>{}</code></pre></div>'
PICTURE = '<figure class="kx-picture" tabindex="0">\n<svg><text>a</text></svg></figure>'


def test_what_is_set_aside_comes_back_as_it_was():
    html = f"<h1>A</h1>\n{PROGRAM}\n<p>b</p>{PICTURE}<div class='x'></div>{PROGRAM}"
    lean, blocks = set_aside(html)
    assert len(blocks) == 3
    assert "<pre" not in lean
    assert "<svg" not in lean
    assert "<p>b</p>" in lean
    assert put_back(lean, blocks) == html


def test_a_table_of_line_numbers_stays_where_it_is():
    html = '<div class="highlight"><table><tr><td><pre>1</pre></td></tr></table></div>'
    assert set_aside(html) == (html, [])


def test_search_reads_the_words_of_a_page_and_not_its_programs(shop):
    index = json.loads((shop.folder / "search" / "search_index.json").read_text("utf-8"))
    texts = {each["location"]: each["text"] for each in index["docs"]}
    page = shop.pages["tables/shop/"].text
    assert "data-kx-later" not in page
    assert '<div class="highlight"><pre' in page
    assert "<svg" in page
    assert "<pre" not in "".join(t for place, t in texts.items() if place.startswith("tables/"))
    assert any("warehouse" in text for text in texts.values())


def test_search_reads_all_of_a_page_that_is_not_generated(own):
    index = json.loads((own.folder / "search" / "search_index.json").read_text("utf-8"))
    guides = [each["text"] for each in index["docs"] if each["location"].startswith("guides/first")]
    assert any("<pre" in text for text in guides)
