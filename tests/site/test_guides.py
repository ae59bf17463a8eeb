"""Every guide is followed, from its first block to its last, and what it shows is what comes."""

from __future__ import annotations

import re

import pytest

from tests.site.snippets import GUIDES, ROOT, blocks, commands, follow, matches

#: A quarter of an hour at a reader's pace: 200 words a minute, code at half of it.
MOST_WORDS = 1600


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_it_does_what_it_says(guide, tmp_path):
    follow(guide.read_text("utf-8"), tmp_path)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_it_is_short_and_its_links_lead_somewhere(guide):
    text = guide.read_text("utf-8")
    assert text.startswith("# ")
    assert len(text.split()) <= MOST_WORDS
    for target in re.findall(r"\]\(([^)#:]+\.md)", text):
        beside = (guide.parent / target).resolve()
        assert beside.is_file() or not beside.is_relative_to(ROOT / "docs" / "guides"), target


def test_what_is_shown_has_to_come():
    assert matches("applied 2024 by me", "applied ... by me")
    assert not matches("applied 2024 by me", "applied ... by you")
    assert not matches("one\ntwo", "one")
    assert matches("one\ntwo\nthree", "one\n...")


def test_a_console_is_taken_apart():
    assert list(commands("$ a \\\n  b\nshown\n$ c # exit code 3\n")) == [
        ("a   b", "shown"),
        ("c # exit code 3", ""),
    ]


@pytest.mark.parametrize(
    ("guide", "why"),
    [
        ("```console\n$ exit 1\n```", "line 1"),
        ("```console\n$ echo one\ntwo\n```", "line 1"),
        ('```text\n```\n```diff title="a"\n-no\n```', "a"),
        ("```ruby\nputs 1\n```", "ruby"),
        ("    ```text\n    ```", "form"),
    ],
)
def test_a_guide_that_is_wrong_fails(guide, why, tmp_path):
    (tmp_path / "a").write_text("yes\n")
    with pytest.raises(AssertionError, match=why):
        follow(guide, tmp_path)


def test_blocks_know_their_lines():
    (block,) = blocks('one\n\n```json title="a.json"\n{}\n```\n')
    assert (block.language, block.title, block.text, block.line) == ("json", "a.json", "{}\n", 3)
