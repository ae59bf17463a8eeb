from __future__ import annotations

from pathlib import PurePosixPath as Path

from kxmodel.docs.llms import entry, full, index

PAGES = [
    entry(Path("index.md"), "# Shop { #top }\n\nText.\n"),
    entry(Path("tables/a/index.md"), "words first\n\n# `A`\n"),
    entry(Path("tables/b.md"), "no heading\n"),
    entry(Path("how-to/x.md"), "# X\n"),
]


def test_the_list_has_the_pages_by_folder():
    assert index("Shop", "What is sold.", PAGES).splitlines() == [
        "# Shop", "", "> What is sold.", "",
        "## Start", "", "- [Shop](index.md)", "",
        "## Tables", "", "- [`A`](tables/a/index.md)", "- [b](tables/b.md)", "",
        "## How to", "", "- [X](how-to/x.md)",
    ]  # fmt: skip


def test_the_whole_has_each_text_after_its_path():
    assert full(PAGES[2:]) == "<!-- tables/b.md -->\n\nno heading\n\n<!-- how-to/x.md -->\n\n# X\n"
