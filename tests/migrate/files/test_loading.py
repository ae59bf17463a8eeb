from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.errors import MigrationFileError
from kxmodel.migrate.files import load_file, load_folder

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '"""What it does."""\nfrom kxmodel.migrate import Migration, operations as op\n'
GOOD = HEAD + 'migration = Migration(revision="0001_a", operations=[op.CreateTable("t", "pk")])\n'


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "0001_a.py"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())  # as Windows does
    found = load_file(path)
    assert found.description == "What it does."
    assert found.operations[0].table == "t"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "assigns no Migration"),
        ("migration = 1", "assigns no Migration"),
        ("migration = (", r"0001_a.py:1:\d+: KX601 is no Python"),
        (HEAD + "1 / 0", "0001_a.py:3:1: KX601 fails with ZeroDivisionError"),
        (HEAD + "import nowhere_at_all", "ModuleNotFoundError"),
        (GOOD.replace("0001_a", "0002_b"), "its revision is 0002_b"),
        (GOOD.replace("0001_a", "first"), "0001_a.py:3:1: KX605 'first' is no revision"),
        (GOOD.replace('op.CreateTable("t", "pk")', "1"), "no operation"),
        (GOOD.replace('"pk"', '""'), "no key attribute"),
        (HEAD + "raise SystemExit(0)", "0001_a.py:3:1: KX601 fails with SystemExit: 0"),
        ("\udcff", "cannot be read"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "0001_a.py"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(MigrationFileError, match=told):
        load_file(path)


def test_a_folder(tmp_path: Path) -> None:
    assert load_folder(tmp_path / "nowhere").migrations == {}
    (tmp_path / "0001_a.py").write_text(GOOD)
    (tmp_path / "_helper.py").write_text("1 / 0")
    assert list(load_folder(tmp_path).migrations) == ["0001_a"]
    (tmp_path / "second.py").write_text(GOOD)
    with pytest.raises(MigrationFileError, match="by its name"):
        load_folder(tmp_path)


def test_the_checksum_is_of_what_was_run(tmp_path: Path) -> None:
    text = GOOD.replace('op.CreateTable("t", "pk")', "op.RunPython(f)").replace(
        "migration =", "def f(run):\n    return 1\n\n\nmigration ="
    )
    path = tmp_path / "0001_a.py"
    path.write_text(text)
    found = load_file(path)
    path.write_text(text.replace("return 1", "return 2"))
    before = found.checksum
    assert load_file(path).checksum != before
