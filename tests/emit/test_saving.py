from __future__ import annotations

import os
from pathlib import Path

import pytest

from kxmodel.emit.files import path
from kxmodel.emit.saving import save
from kxmodel.errors import ExportError

ONE = {path("a.json"): "{}\n"}
TWO = {path("a.ts"): "1\n", path("sub", "b.ts"): "2\n"}


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()
    }


def test_one_file_goes_to_the_file_that_is_named(tmp_path):
    target = tmp_path / "made" / "template.json"
    assert save(ONE, str(target)) == [(target, True)]
    assert tree(tmp_path) == {"made/template.json": "{}\n"}


@pytest.mark.parametrize("end", ["/", os.sep])
def test_one_file_goes_into_a_folder_by_its_separator(tmp_path, end):
    target = tmp_path / "out"
    assert save(ONE, f"{target}{end}") == [(target / "a.json", True)]


def test_one_file_goes_into_a_folder_that_is_there(tmp_path):
    assert save(ONE, str(tmp_path)) == [(tmp_path / "a.json", True)]


def test_several_go_into_a_folder(tmp_path):
    target = tmp_path / "out"
    assert save(TWO, str(target)) == [(target / "a.ts", True), (target / "sub" / "b.ts", True)]
    assert tree(target) == {"a.ts": "1\n", "sub/b.ts": "2\n"}


def test_what_is_the_same_is_not_written(tmp_path):
    save(TWO, str(tmp_path))
    place = tmp_path / "a.ts"
    os.utime(place, (0, 0))
    found = save({**TWO, path("sub", "b.ts"): "3\n"}, str(tmp_path))
    assert found == [(place, False), (tmp_path / "sub" / "b.ts", True)]
    assert place.stat().st_mtime == 0


def test_it_takes_the_place_of_what_stood_there_and_leaves_the_rest(tmp_path):
    (tmp_path / "a.ts").write_bytes(b"\xff\xfe by hand")
    (tmp_path / "mine.ts").write_text("mine")
    save(TWO, str(tmp_path))
    assert tree(tmp_path) == {"a.ts": "1\n", "sub/b.ts": "2\n", "mine.ts": "mine"}


@pytest.mark.parametrize("output", [None, ""])
def test_the_terminal_takes_one(output):
    with pytest.raises(ExportError, match="makes 2 files, and the terminal takes one") as raised:
        save(TWO, output)
    assert raised.value.code == "KX704"


def test_several_do_not_go_into_a_file(tmp_path):
    target = tmp_path / "out"
    target.write_text("mine")
    with pytest.raises(ExportError, match="is a file, and the format makes 2 files") as raised:
        save(TWO, str(target))
    assert raised.value.code == "KX704"
    assert target.read_text() == "mine"


def test_where_one_cannot_be_written_none_is(tmp_path):
    (tmp_path / "a.ts").write_text("before")
    (tmp_path / "sub").write_text("a file where a folder is needed")
    with pytest.raises(ExportError, match="cannot be written") as raised:
        save(TWO, str(tmp_path))
    assert raised.value.code == "KX704"
    assert tree(tmp_path) == {"a.ts": "before", "sub": "a file where a folder is needed"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is such a device")
def test_nothing_takes_the_place_of_a_device(tmp_path):
    """Nor is one read first: it may have no end."""
    assert save(ONE, "/dev/null") == [(Path("/dev/null"), True)]
    assert Path("/dev/null").is_char_device()
    with pytest.raises(ExportError, match="/dev/full cannot be written: No space left") as refused:
        save(ONE, "/dev/full")
    assert refused.value.code == "KX704"
    assert Path("/dev/full").is_char_device()
    with pytest.raises(ExportError, match="is a file, and the format makes 2"):
        save(TWO, "/dev/full")


def test_a_link_stays_and_leads_to_the_text(tmp_path):
    (tmp_path / "real.json").write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to("real.json")
    save(ONE, str(link))
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_text() == next(iter(ONE.values()))


def test_a_refusal_names_what_was_asked_for(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as refused:
        save(ONE, str(tmp_path / "file" / "a.json"))
    assert ".tmp" not in str(refused.value)
    assert "Name a place that can be written" in str(refused.value)
