from __future__ import annotations

import os
from pathlib import Path

import pytest

from kxmodel.engines import best, find, finding, installed, status
from kxmodel.engines.cache import engine_dir
from kxmodel.engines.catalogue import DYNOXIDE, ENGINES, MINISTACK, platform_name
from kxmodel.errors import EngineError


def program(path: Path, version: str, name: str = "dynoxide") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {name} {version}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A machine without dynoxide: empty cache and PATH, a project of its own."""
    monkeypatch.setenv("KXMODEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    monkeypatch.delenv("KXMODEL_DYNOXIDE", raising=False)
    project = tmp_path / "project"
    (project / "deep").mkdir(parents=True)
    (project / "pyproject.toml").touch()
    monkeypatch.chdir(project / "deep")
    return tmp_path


def test_nothing_is_found_on_an_empty_machine(nowhere):
    assert find("dynoxide") is None
    assert find("ministack") is None


def test_order_of_the_places_of_dynoxide(nowhere, monkeypatch):
    package = Path("project", "node_modules", "@dynoxide", platform_name())
    module = program(nowhere / package / "dynoxide", "4")
    assert (find("dynoxide").source, find("dynoxide").version) == ("node_modules", "4")
    cached = program(engine_dir("dynoxide", DYNOXIDE.version) / "dynoxide", "3")
    assert (find("dynoxide").source, find("dynoxide").program) == ("cache", cached)
    on_path = program(nowhere / "bin" / "dynoxide", "2")
    assert (find("dynoxide").source, find("dynoxide").program) == ("PATH", on_path)
    monkeypatch.setenv("KXMODEL_DYNOXIDE", str(module))
    assert (find("dynoxide").source, find("dynoxide").program) == ("KXMODEL_DYNOXIDE", module)


def test_node_modules_above_the_project_are_not_searched(nowhere):
    program(nowhere / "node_modules" / "@dynoxide" / platform_name() / "dynoxide", "4")
    assert find("dynoxide") is None


@pytest.mark.parametrize(
    "content", [None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho other 1\n", "\0"]
)
def test_a_variable_that_names_no_dynoxide_is_an_error(nowhere, monkeypatch, content):
    named = nowhere / "named"
    if content is not None:
        named.write_text(content)
        named.chmod(0o755)
    monkeypatch.setenv("KXMODEL_DYNOXIDE", str(named))
    with pytest.raises(EngineError, match="not a dynoxide that runs here") as caught:
        find("dynoxide")
    assert caught.value.code == "KX510"
    with pytest.raises(EngineError):
        best()
    [row] = [row for row in status() if row.engine.name == "dynoxide"]
    assert row.found is None
    assert "KXMODEL_DYNOXIDE" in row.advice


def test_another_program_of_that_name_on_path_is_passed_over(nowhere):
    program(nowhere / "bin" / "dynoxide", "1", name="something")
    assert find("dynoxide") is None


def test_a_ministack_whose_python_is_gone_does_not_count(nowhere):
    python = engine_dir("ministack", MINISTACK.version) / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(nowhere / "removed-python")
    assert find("ministack") is None


def test_moto_without_the_server_part_does_not_count(monkeypatch):
    real = finding.importlib.util.find_spec
    monkeypatch.setattr(
        finding.importlib.util, "find_spec", lambda name: None if name == "flask" else real(name)
    )
    assert find("moto") is None


def test_status_names_every_engine_with_a_find_or_an_advice(nowhere):
    rows = status()
    assert [row.engine.name for row in rows] == list(ENGINES)
    assert all(bool(row.found) != bool(row.advice) for row in rows)
    assert installed() == tuple(row.found for row in rows if row.found)


def test_best_is_the_first_found(nowhere):
    first = best()
    assert first is None or first.name == "moto"
    program(nowhere / "bin" / "dynoxide", "1.2.1")
    assert best().name == "dynoxide"
    assert best(keeps_data=True).name == "dynoxide"


def test_unknown_name():
    with pytest.raises(EngineError) as caught:
        find("../etc")
    assert caught.value.code == "KX506"


def test_a_search_runs_nothing_of_the_working_folder(nowhere):
    program(Path.cwd() / "dynoxide", "1")
    assert os.access("dynoxide", os.X_OK)
    assert find("dynoxide") is None
