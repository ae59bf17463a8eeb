"""Pages as any tool shows them: rendered here by markdown-it, which knows CommonMark and tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from kxmodel.dialect import read_folder
from kxmodel.docs.plain import plain
from kxmodel.docs.project import Operation, Project, Revision
from kxmodel.docs.site import pages, plain_pages
from tests.emit.designs import NAMES, design
from tests.site.hostile import schema

STORY = (
    Revision("0001_first", operations=(Operation("Create it.", "CreateTable", "t"),), source="x\n"),
    Revision(
        "0002_more",
        follows=("0001_first",),
        operations=(Operation("Drop.", "DropTable", "t", None, False, "all of it"),),
        before={"t": ("{", "}")},
        after={"t": ("{", '"a": 1', "}")},
    ),
)


class Shown(HTMLParser):
    """The words, the elements and the ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.code = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.code += tag in ("code", "pre")

    def handle_endtag(self, tag):
        self.code -= tag in ("code", "pre")

    def handle_data(self, data):
        if not self.code:
            self.words.append(data)


def shown(text: str) -> Shown:
    return Shown(MarkdownIt("commonmark").enable("table").render(text))


@pytest.fixture(params=NAMES)
def made(request):
    tables = design(request.param)
    return plain_pages(Project(tables, package="p", revisions=STORY, scripts={"x.js": "x"}))


def test_nothing_of_an_extension_is_left(made):
    for path, text in made.items():
        if path.suffix != ".md":
            continue
        words = "".join(shown(text).words)
        assert not re.search(r"\{ ?#|^(===|!!!|\?\?\?) |```", words, re.MULTILINE), (path, words)
        assert "markdown=" not in text.replace("Markdown=", "")


def test_every_link_leads_to_a_page_and_an_anchor_that_are_there(made):
    found = {path: shown(text) for path, text in made.items() if path.suffix == ".md"}
    links = 0
    for path, page in found.items():
        for tag, attrs in page.elements:
            target = attrs.get("href") if tag == "a" else attrs.get("src")
            if target is None or re.match("[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            place = Path("/", path.parent, file).resolve().relative_to("/") if file else path
            there = {p.as_posix(): p for p in made}[Path(place).as_posix()]
            if anchor:
                ids = [attrs.get("id") for _, attrs in found[there].elements]
                assert ids.count(anchor) == 1, (path, target)
            links += 1
    assert links > 20


def test_there_is_nothing_that_only_a_site_needs(made):
    assert {path.suffix for path in made} == {".md", ".svg", ".txt"}
    assert "JavaScript" not in made[next(p for p in made if p.name == "playground.md")]


def test_hostile_text_is_text(tmp_path):
    (tmp_path / "hostile.json").write_text(schema(), "utf-8")
    made = plain_pages(Project(read_folder(tmp_path), package="p", revisions=STORY))
    allowed = {"a", "div", "section", "details", "summary", "span"}
    for path, text in made.items():
        if path.suffix != ".md":
            continue
        for tag, attrs in shown(text).elements:
            assert tag not in ("script", "svg", "u", "b", "i"), (path, tag)
            assert not [name for name in attrs if name.startswith("on")], (path, attrs)
            assert "hurt" not in f"{attrs.get('href')}{attrs.get('class')}{attrs.get('id')}"
            if tag in allowed:
                assert set(attrs) <= {"id", "class", "href", "open", "data-kx-group",
                                      "data-kx-filter", "tabindex"}, (path, attrs)  # fmt: skip


def test_a_site_keeps_its_markdown():
    made = pages(Project(design("kxgen"), package="p", revisions=STORY))
    assert any('=== "Python"' in text for path, text in made.items() if path.suffix == ".md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## A `b` { #c-d.e }", '<a id="c-d.e"></a>\n\n## A `b`'),
        ('=== "A"\n\n    x\n\n    y\n\n=== "B"\n\n    z\n', "**A**\n\nx\n\ny\n\n**B**\n\nz\n"),
        ('!!! danger "Lost"\n\n    - a\n    - b\n\nc', "> **Lost**\n>\n> - a\n> - b\n\nc"),
        ("!!! note\n    a", "> **Note**\n>\n> a\n"),
        ('??? tip ""\n    a', "> a\n"),
        ('=== "A"\n\n    ```x\n    === "B"\n\n        ## c { #d }\n    ```\n',
         '**A**\n\n```x\n=== "B"\n\n    ## c { #d }\n```\n'),
        ('=== "A"\n\n    !!! note "N"\n\n        x', "**A**\n\n> **N**\n>\n> x\n\n"),
        ('<summary markdown="span">`a` b</summary>', "<summary><code>a</code> b</summary>"),
        ("````\n```\n## a { #b }\n````\n## a { #b }",
         '````\n```\n## a { #b }\n````\n<a id="b"></a>\n\n## a'),
        ("```x", "```x"),
        ("a &#61; &#123;&#123; b &#94; &#43;", "a = &#123;&#123; b ^ &#43;"),
        ("&#61;&#61;&#61;\n```\n&#61; &#61;\n```", "&#61;==\n```\n&#61; &#61;\n```"),
    ],
)  # fmt: skip
def test_what_becomes_of_it(before, after):
    assert re.sub("\n{3,}", "\n\n", plain(before)).strip("\n") == after.strip("\n")
