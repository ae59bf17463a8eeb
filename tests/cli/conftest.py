from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from kxmodel.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return run


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with KxGen's schemas and no models yet, which is also the working folder."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    (tmp_path / "pyproject.toml").write_text('[tool.kxmodel]\nmodels = "app/models"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path
