"""The matrix, the page of a pattern, and the finder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath
from re import findall

import markdown
import pytest

from kxmodel.config import find_config
from kxmodel.docs import addresses as at
from kxmodel.docs.asking import asked
from kxmodel.docs.pages import pattern as page_of_pattern
from kxmodel.docs.pages import patterns
from kxmodel.docs.pages.finder import finder
from kxmodel.docs.project import Answer, Project, answer_name
from kxmodel.docs.site import pages
from kxmodel.site.answers import read_answers
from kxmodel.site.plugin import EXTENSIONS
from tests.docs.test_asking import table
from tests.emit.designs import FOLDERS, design
from tests.emit.tools import ROOT

HOSTILE = "<script>alert(1)</script> | `x` *b* [a](javascript:x) \u202e"


def project(name: str) -> Project:
    """With its recorded answers."""
    config = find_config(FOLDERS[name].parent)
    tables = design(name)
    return Project(tables, config.package, answers=read_answers(config.answers, tables))


def html(text: str) -> str:
    return markdown.markdown(
        text,
        extensions=list(EXTENSIONS),
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )


@pytest.mark.parametrize("name", FOLDERS)
def test_the_matrix_has_a_row_for_each_pattern(name):
    of = project(name)
    ((path, text),) = patterns.pages(of)
    assert path == at.PATTERNS
    rows = [line for line in text.split("\n") if line.startswith("| [")]
    wanted = [pattern for each in of.tables for pattern in each.patterns]
    assert len(rows) == len(wanted)
    for row, pattern in zip(rows, wanted, strict=True):
        assert f"`{pattern.entity}.{pattern.name}({', '.join(pattern.parameters)})`" in row
        assert row.count(" | ") == 6
    assert "no example" not in text


@pytest.mark.parametrize("name", FOLDERS)
def test_every_pattern_has_a_page_with_four_programs_and_its_answer(name):
    of = project(name)
    made = dict(page_of_pattern.pages(of))
    for each in of.tables:
        for pattern in each.patterns:
            text = made[at.pattern_page(each, pattern)]
            for label in ("Python", "boto3", "TypeScript", "AWS CLI"):
                assert f'=== "{label}"' in text
            for anchor in ("ask", "request", "answer", "objects", "options", "tenancy", "cost"):
                assert f"{{ #{anchor} }}" in text
            assert "found the same items" in text
            assert "--record" not in text


def test_links_lead_to_pages():
    of = project("shop")
    made = {path.as_posix(): text for path, text in pages(of).items()}
    mine = [path for path in made if path.startswith("patterns/") or path == "index.md"]
    assert len(mine) == 2 + sum(len(each.patterns) for each in of.tables)
    for path in mine:
        for target in findall(r"\]\(([^)#]+)", made[path]):
            assert normpath(join(dirname(path), target)) in made, (path, target)


def test_a_page_without_a_recorded_answer_says_how_to_record():
    of = replace(project("kxgen"), answers={})
    text = dict(page_of_pattern.pages(of))[at.pattern_page(of.tables[0], of.tables[0].patterns[0])]
    assert "kxmodel docs --record" in text
    assert "{ #answer }" not in text
    assert '"KeyConditionExpression"' in text


def test_an_answer_to_other_arguments_is_not_shown():
    of = project("kxgen")
    each = of.tables[0]
    name = answer_name(each, each.patterns[0])
    old = replace(of.answers[name], arguments={"tenantId": "another"})
    text = dict(page_of_pattern.pages(replace(of, answers={name: old})))
    assert "--record" in text[at.pattern_page(each, each.patterns[0])]


def test_a_pattern_that_no_example_answers_says_so():
    of = table()
    ((_, text),) = page_of_pattern.pages(Project((of,), "m"))
    assert "No example of the schema answers this" in text
    ((_, matrix),) = patterns.pages(Project((of,), "m"))
    assert "no example" in matrix


def test_what_was_left_out_and_what_was_not_run_is_said():
    of = table({"device": "d", "at": 7})
    pattern = of.patterns[0]
    answer = Answer(
        engine="some 1.0",
        arguments=asked(of, pattern).arguments,
        operation="Query",
        request={"TableName": "readings"},
        response={"Items": [{}, {}]},
        returned=({"at": 7},),
        languages=("python", "boto3"),
    )
    ((_, text),) = page_of_pattern.pages(
        Project((of,), "m", answers={answer_name(of, pattern): answer})
    )
    assert "Python and boto3 were run" in text
    assert "TypeScript and AWS CLI could not be run" in text
    assert "1 of the items that were read is left out" in text


def test_hostile_words_are_text():
    of = table({"device": HOSTILE, "at": 7, "room": "r"})
    pattern = replace(of.patterns[0], question=HOSTILE, description=HOSTILE)
    of = replace(of, patterns=(pattern,), title=HOSTILE)
    of_project = Project((of,), "m")
    for _, text in (*page_of_pattern.pages(of_project), *patterns.pages(of_project)):
        shown = html(text)
        assert "<script" not in shown
        assert 'href="javascript' not in shown
        assert "\u202e" not in shown
    assert "<script" not in html("\n\n".join(finder(of_project)))


def test_the_finder_groups_by_what_comes_back():
    text = "\n\n".join(finder(project("shop")))
    for entity in ("Customer", "Order", "Invoice", "OrderLine", "Product"):
        assert f'data-kx-group="{entity}"' in text
    shown = html(text)
    assert shown.count("<section") == 5
    order = shown[shown.index('data-kx-group="Order"') :]
    assert "customer-with-orders" in order[: order.index("</section>")], (
        "an order comes with its customer"
    )


def test_without_patterns_there_is_neither_matrix_nor_finder():
    bare = Project((replace(table(), patterns=()),), "m")
    assert not list(patterns.pages(bare))
    assert not list(finder(bare))


def test_addresses_stay_apart_where_slugs_do_not():
    of = table()
    one = replace(of.patterns[0], name="of_room")
    other = replace(of.patterns[0], name="of__room")
    of = replace(of, patterns=(one, other))
    assert at.pattern_page(of, one) != at.pattern_page(of, other)


def test_answers_are_committed_for_every_design():
    for name in FOLDERS:
        of = project(name)
        wanted = {answer_name(each, p) for each in of.tables for p in each.patterns}
        assert of.answers.keys() == wanted
        folder = find_config(FOLDERS[name].parent).answers
        assert folder.is_relative_to(ROOT)
        assert isinstance(folder, Path)
