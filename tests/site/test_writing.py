from __future__ import annotations

from pathlib import PurePosixPath as Path

import pytest

from kxmodel.errors import DocsError
from kxmodel.site.writing import MANIFEST, apply, plan

FIRST = {Path("index.md"): "a\n", Path("tables/a.md"): "b\n"}


def there(folder):
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in files}


def test_pages_are_written_changed_and_removed(tmp_path):
    folder = tmp_path / "docs"
    apply(plan(FIRST, folder))
    assert there(folder) == {
        "index.md": "a\n",
        "tables/a.md": "b\n",
        ".kxmodel-docs": "index.md\ntables/a.md\n",
    }
    assert not plan(FIRST, folder)
    second = plan({Path("index.md"): "c\n"}, folder)
    assert set(second.written) == {Path("index.md"), MANIFEST}
    assert second.removed == (Path("tables/a.md"),)
    apply(second)
    assert there(folder) == {"index.md": "c\n", ".kxmodel-docs": "index.md\n"}
    assert not (folder / "tables").exists()


def test_what_somebody_else_wrote_stays(tmp_path):
    (tmp_path / "notes.md").write_text("mine")
    apply(plan(FIRST, tmp_path))
    (tmp_path / "other.md").write_text("mine")
    with pytest.raises(DocsError, match=r"other\.md is in the way"):
        plan({Path("other.md"): "x"}, tmp_path)
    apply(plan({}, tmp_path))
    assert set(there(tmp_path)) == {"notes.md", "other.md", ".kxmodel-docs"}


def test_a_list_cannot_name_what_lies_elsewhere(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (tmp_path / "mine.md").write_text("mine")
    (folder / MANIFEST).write_text(f"../mine.md\n{tmp_path}/mine.md\n\n")
    assert plan({}, folder).removed == ()


def test_links_are_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "tables").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DocsError, match="link"):
        plan(FIRST, tmp_path / "docs")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "docs").write_text("x")
    with pytest.raises(DocsError, match="no folder"):
        plan(FIRST, tmp_path / "docs")
