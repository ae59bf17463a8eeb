"""Every guide is followed, from its first block to its last, and what it shows is what comes."""

from __future__ import annotations

import json
import re

import pytest

from tests.site.snippets import GUIDES, ROOT, blocks, commands, follow, matches

#: A quarter of an hour at a reader's pace: 200 words a minute, code at half of it.
MOST_WORDS = 1600


#: A cluster and pools of processes take their time to begin.
SLOW = {"executors"}


@pytest.mark.parametrize(
    "guide",
    [
        pytest.param(g, marks=[pytest.mark.slow] if g.stem in SLOW else [], id=g.stem)
        for g in GUIDES
    ],
)
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


def test_what_the_pipeline_and_the_image_run_is_run_by_their_guide_too():
    (guide,) = [path for path in GUIDES if path.stem == "ci-and-containers"]
    found = {block.title: block.text for block in blocks(guide.read_text("utf-8"))}
    consoles = [
        each.text for each in blocks(guide.read_text("utf-8")) if each.language == "console"
    ]
    ran = {command for text in consoles for command, _ in commands(text)}
    steps = re.findall("- run: (.*)", found[".github/workflows/tables.yml"])
    assert {step for step in steps if not step.startswith("pip ")} <= ran
    (words,) = re.findall(r"^CMD (\[.*\])$", found["Dockerfile"], re.MULTILINE)
    assert " ".join(["kxmodel", *json.loads(words)]) in ran


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
