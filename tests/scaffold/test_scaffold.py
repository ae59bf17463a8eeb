from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from kxmodel.cli import main
from kxmodel.config import find_config
from kxmodel.errors import ConfigError, UsageError
from kxmodel.scaffold import plan_scaffold, write_scaffold


def package(folder, name="__init__.py"):
    folder.mkdir(parents=True)
    (folder / name).touch()


@pytest.mark.parametrize(
    ("packages", "models", "example"),
    [
        ([], "models", "example_notes.py"),
        (["app"], "app/models", "example_notes.py"),
        (["src/app"], "src/app/models", "src/example_notes.py"),
        (["app", "tests"], "app/models", "example_notes.py"),
        (["app", "other"], "models", "example_notes.py"),
        (["my_shop", "other"], "my_shop/models", "example_notes.py"),
        (["app", "app/models"], "app/tables", "example_notes.py"),
    ],
)
def test_where_the_models_go(tmp_path, packages, models, example):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "My-Shop"\n')
    for each in packages:
        package(tmp_path / each)
    scaffold = plan_scaffold(tmp_path)
    assert scaffold.config.models == tmp_path / models
    assert scaffold.example == tmp_path / example


def test_settings_are_appended_and_the_rest_stays(tmp_path):
    path = tmp_path / "pyproject.toml"
    before = b'# mine\r\n[project]\r\nname = "x"'
    path.write_bytes(before)
    path.chmod(0o600)
    write_scaffold(plan_scaffold(tmp_path))
    after = path.read_bytes()
    assert after.startswith(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert path.stat().st_mode & 0o777 == 0o600
    assert tomllib.loads(after.decode())["tool"]["kxmodel"]["models"] == "models"


def test_without_pyproject_there_is_a_file_of_our_own(tmp_path):
    write_scaffold(plan_scaffold(tmp_path, "app/models"))
    assert find_config(tmp_path).source.name == "kxmodel.toml"
    assert find_config(tmp_path).package == "app.models"
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/notes.json").write_text("mine")
    (tmp_path / "example_notes.py").write_text("mine")
    written, kept = write_scaffold(plan_scaffold(tmp_path))
    assert [path.name for path in written] == ["kxmodel.toml"]
    assert [path.read_text() for path in kept] == ["mine", "mine"]
    written, kept = write_scaffold(plan_scaffold(tmp_path))
    assert (written, len(kept)) == ([], 3)


def test_settings_that_are_there_hold(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.kxmodel]\nschemas = "tables"\n')
    scaffold = plan_scaffold(tmp_path)
    assert tmp_path / "tables/notes.json" in scaffold.files
    assert scaffold.settings == ""
    with pytest.raises(UsageError, match="--models would contradict"):
        plan_scaffold(tmp_path, "elsewhere")


@pytest.mark.parametrize("text", ["tool = {x = 1}\n", "[project\n"])
def test_a_pyproject_that_cannot_take_them(tmp_path, text):
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    with pytest.raises(ConfigError):
        plan_scaffold(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["pyproject.toml"]


@pytest.mark.parametrize("models", ["../out", "/tmp/x", ".", "schemas/models", 'a"b'])
def test_a_models_folder_that_cannot_be(tmp_path, models):
    with pytest.raises(ConfigError):
        plan_scaffold(tmp_path, models)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", ["app", "src/app"])
def test_the_example_runs(tmp_path, monkeypatch, home):
    """What a newcomer does: init, generate, python example_notes.py."""
    package(tmp_path / home)
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert main(["lint", "--strict"]) == 0
    assert main(["generate"]) == 0
    script = plan_scaffold(tmp_path).example
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "done: ['Call Carlos']\nopen: ['Book the ring', 'Buy chalk']\n"
