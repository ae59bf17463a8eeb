from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kxmodel.docs import markdown as md
from kxmodel.values.shown import printable

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.emoji",
    "pymdownx.tilde",
    "pymdownx.caret",
    "pymdownx.mark",
    "pymdownx.keys",
    "pymdownx.tasklist",
    "pymdownx.inlinehilite",
    "pymdownx.arithmatex",
]
SPECIAL = "\\`*_{}[]()<>#+-.!|&~^=:$@\"'/ \n\tab1é漢א"
FRAGMENTS = """
<script>alert(1)</script>	[a](javascript:x)	![i](x)	| a | b |	# h	1. a	- a	```	--8<-- 'x'	!!! note
=== 'a'	:smile:	[TOC]	*[a]: b	[^1]	{: .x }	{#id}	~~a~~	==a==	^^a^^	$x$	&lt;	&copy;	a_b_c	__a__
<!-- x -->	<b	</p>	http://a.b	a@b.c	    code	> q	++ctrl++	{++a++}	`a`	``a`b``	-->	\\*	: b	---
"""
WORDS = st.one_of(
    st.text(SPECIAL, max_size=30),
    st.text(max_size=20),
    st.lists(
        st.sampled_from([*re.split("[\t\n]", FRAGMENTS), "\\", "\u202e", "a\n\nb"]), max_size=4
    ).map(" ".join),
)


class Shown(HTMLParser):
    """The text that a reader sees, and the elements that it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        assert not attrs, attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def shown(source: str) -> Shown:
    seen = Shown()
    seen.feed(markdown.markdown(source, extensions=EXTENSIONS))
    seen.close()
    return seen


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


@settings(deadline=None)
@given(WORDS)
def test_text_is_shown_as_it_is(words: str) -> None:
    seen = shown(md.text(words))
    assert seen.tags <= {"p"}
    assert plain(seen.text) == plain(printable(" ".join(words.split())))


@settings(deadline=None)
@given(WORDS)
@example("a `b*c*` d")
@example("``a`b``")
def test_prose_has_paragraphs_and_code_and_nothing_else(words: str) -> None:
    assert shown(md.prose(words)).tags <= {"p", "code"}


@settings(deadline=None)
@given(WORDS)
def test_code_is_shown_as_it_is(words: str) -> None:
    seen = shown(f"x {md.code(words)} y")
    assert seen.tags <= {"p", "code"}
    expected = plain(printable(re.sub(r"[\r\n\t]+", " ", words)))
    assert plain(seen.text) == f"x{expected}y"


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3))
def test_a_table_keeps_its_cells(rows: list[tuple[str, str]]) -> None:
    cells = [(md.line(one), md.code(other)) for one, other in rows]
    made = markdown.markdown(md.table(("A", "B"), cells), extensions=EXTENSIONS)
    assert made.count("<tr>") == len(rows) + 1
    assert len(re.findall("<t[hd][ >]", made)) == 2 * (len(rows) + 1)


@settings(deadline=None)
@given(WORDS)
def test_a_block_of_code_holds_what_it_is_given(words: str) -> None:
    made = markdown.markdown(md.fence(words), extensions=EXTENSIONS)
    inner = re.sub("<[^>]+>", "", made)
    lines = words.replace("\r\n", "\n").rstrip("\n").split("\n")
    assert plain(html.unescape(inner)) == plain("".join(map(printable, lines)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tenantId", "tenant-id"), ("GSI1PK", "gsi1-pk"), ("email_lc", "email-lc"), ("漢", "6f22")],
)
def test_slugs(name: str, expected: str) -> None:
    assert md.slug(name) == expected
