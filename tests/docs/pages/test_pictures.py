"""The pictures themselves. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1 pytest tests/docs"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from kxmodel.dialect import read_folder
from kxmodel.docs.pages import collections, pictures, tables
from kxmodel.docs.project import Operation, Project, Revision
from tests.docs.pictures.drawn import read, within
from tests.emit.designs import NAMES, design, differs
from tests.site.hostile import schema

GOLDEN = Path(__file__).parents[1] / "golden" / "pictures"
STORY = (
    Revision("0001_first", operations=(Operation("Create the table t.", "CreateTable", "t"),)),
    Revision("0002_more", follows=("0001_first",)),
)


def project(name: str) -> Project:
    return Project(design(name), package="p", revisions=STORY)


@pytest.mark.parametrize("name", ["kxgen", "shop"])
def test_golden(name: str) -> None:
    assert differs(dict(pictures.pages(project(name))), GOLDEN / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_that_a_page_shows_is_there(name: str) -> None:
    made = dict(pictures.pages(project(name)))
    shown: set[PurePosixPath] = set()
    for maker in (tables, collections):
        for page, text in maker.pages(project(name)):
            lines = [line for line in text.splitlines() if line.startswith("![")]
            shown |= {page.parent / line.rpartition("(")[2].rstrip(")") for line in lines}
    assert shown
    assert shown <= set(made)
    assert {p.name for p in set(made) - shown} == {"links.svg", "timeline.svg"}


def test_hostile_text_is_text(tmp_path: Path) -> None:
    (tmp_path / "hostile.json").write_text(schema(), "utf-8")
    hostile = Project(read_folder(tmp_path), package="p", revisions=STORY)
    made = dict(pictures.pages(hostile))
    assert len(made) == 6
    for text in made.values():
        assert within(read(text))


def test_ids_are_unique_on_a_page() -> None:
    for folder in {path.parent for path, _ in pictures.pages(project("shop"))}:
        ids = [
            each.get("id")
            for path, text in pictures.pages(project("shop"))
            if path.parent == folder
            for each in read(text).iter()
            if each.get("id")
        ]
        assert len(ids) == len(set(ids))
