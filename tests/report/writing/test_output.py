from __future__ import annotations

import os

import pytest

from kxmodel.errors import ReportError
from kxmodel.report import file_output


def test_a_file_is_there_when_it_is_whole(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("before")
    with file_output(path) as write:
        write("one ")
        write("two \ud800")
        assert path.read_text() == "before"
    assert path.read_text() == "one two \\ud800"
    assert os.listdir(tmp_path) == ["report.html"]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path, failure):
    path = tmp_path / "report.html"
    path.write_text("before")

    def fail() -> None:
        with file_output(path) as write:
            write("half")
            raise failure

    with pytest.raises(failure):
        fail()
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["report.html"]


def test_others_may_read_it_as_they_may_read_new_files(tmp_path):
    made, plain = tmp_path / "report", tmp_path / "plain"
    with file_output(made):
        pass
    plain.touch()
    assert made.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("name", ["missing/report.html", "folder"])
def test_a_place_that_cannot_be_written(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(ReportError) as caught, file_output(tmp_path / name) as write:
        write("x")
    assert caught.value.code == "KX669"
    assert name in str(caught.value)
    assert os.listdir(tmp_path) == ["folder"]
