from __future__ import annotations

import pathlib
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


@pytest.mark.parametrize("renamed", [0, 1, 2])
def test_after_a_kill_the_next_run_goes_on(renamed, tmp_path, monkeypatch):
    """Whatever the schemas say by then."""
    folder = tmp_path / "docs"
    kill_after(renamed, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        apply(plan(FIRST, folder))
    monkeypatch.undo()
    second = {path: f"{text}more\n" for path, text in FIRST.items()}
    apply(plan(second, folder))
    texts = {path.as_posix(): text for path, text in second.items()}
    assert {name: text for name, text in there(folder).items() if name in texts} == texts


def kill_after(renamed, monkeypatch):
    """Nothing is undone: the process is gone amid renaming what it staged."""
    calls = iter(range(renamed))
    replace = pathlib.Path.replace

    def renaming(self, target):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(pathlib.Path, "replace", renaming)
    monkeypatch.setattr("kxmodel.emit.staging._undo", lambda *_: None)
