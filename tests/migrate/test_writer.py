from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.diff import Options, detect
from kxmodel.migrate.files import load_file, load_folder
from kxmodel.migrate.writer import write
from tests.migrate.operations.test_operations import EVERY
from tests.migrate.states import states

if TYPE_CHECKING:
    from kxmodel.migrate.state import State

ROOT = Path(__file__).parents[2]


def back(folder: Path, migration: Migration) -> Migration:
    path = folder / f"{migration.revision}.py"
    path.write_text(write(migration))
    return load_file(path)


def ruff(*arguments: str, text: str) -> str:
    shown = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", "0001_x.py", "-"],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr + text
    return shown.stdout


@given(states(), states(), st.text())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_what_is_loaded(before: State, after: State, words: str) -> None:
    import tempfile

    operations = detect(before, after, Options(allow_outage=True)).operations
    made = Migration("0002_x", operations, "0001_a", words)
    with tempfile.TemporaryDirectory() as folder:
        assert back(Path(folder), made) == made


@given(states(), states())
@settings(max_examples=8, deadline=None)
def test_it_is_written_as_ruff_formats_it(before: State, after: State) -> None:
    operations = detect(before, after, Options(allow_outage=True)).operations
    text = write(Migration("0002_x", operations, ["0001_a", "0001_b"]))
    assert ruff("format", text=text) == text
    ruff("check", text=text)
    # Under ruff's own settings too, but for the length of a line.
    ruff("check", "--isolated", "--select", "E,F,W,I,B,UP,Q,COM,ISC", "--ignore", "E501", text=text)


@pytest.mark.parametrize("operation", EVERY, ids=lambda each: type(each).__name__)
def test_each_operation(tmp_path: Path, operation: op.Operation) -> None:
    made = Migration("0001_x", [operation])
    assert back(tmp_path, made).checksum == made.checksum
    text = write(made)
    assert ruff("format", text=text) == text


@pytest.mark.parametrize(
    "words", ['"""', "\\", 'end"', '"', "a\n\n b", "x" * 300, "\u202e", "word " * 60, "\x00\r", " "]
)
def test_hostile_words(tmp_path: Path, words: str) -> None:
    made = Migration("0001_x", [op.WaitForWriters(f"{words}!")], description=words)
    assert back(tmp_path, made) == made
    text = write(made)
    assert text.isascii()
    assert ruff("format", text=text) == text


def test_our_own_migrations_are_written_alike() -> None:
    for revision, migration in load_folder(ROOT / "migrations").migrations.items():
        written = (ROOT / f"migrations/{revision}.py").read_text()
        start = written.index("migration = Migration(")
        assert write(migration)[-len(written[start:]) :] == written[start:]


def test_a_number_that_no_float_holds(tmp_path: Path) -> None:
    exact = Decimal("0.10000000000000000555")
    made = Migration("0001_x", [op.AddAttribute("t", "E", "x", {"a": [exact]})])
    assert back(tmp_path, made) == made
    text = write(made)
    assert ruff("format", text=text) == text
    ruff("check", text=text)


def several(item: dict) -> dict:
    return {"a": exact_half() if item else 0}


def exact_half() -> object:
    return Decimal("0.5")


def test_functions_come_with_what_they_use(tmp_path: Path) -> None:
    made = Migration("0001_x", [op.TransformAttribute("t", "E", several, ["a"])])
    read = back(tmp_path, made)
    assert read.checksum == made.checksum
    assert read.operations[0].function({"a": 1}) == {"a": Decimal("0.5")}
