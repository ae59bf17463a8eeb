from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.engines.cache import cache_dir, engine_dir


@pytest.fixture(autouse=True)
def home(monkeypatch):
    for name in ("KXMODEL_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/kx"))
    return monkeypatch


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("linux", "/home/kx/.cache/kxmodel"),
        ("darwin", "/home/kx/Library/Caches/kxmodel"),
        ("win32", "/home/kx/AppData/Local/kxmodel"),
    ],
)
def test_each_platform_has_its_folder(home, platform, expected):
    home.setattr("sys.platform", platform)
    assert cache_dir() == Path(expected)


def test_variables_lead_elsewhere(home):
    home.setattr("sys.platform", "linux")
    home.setenv("XDG_CACHE_HOME", "/xdg")
    assert cache_dir() == Path("/xdg/kxmodel")
    home.setenv("KXMODEL_CACHE", "/own")
    assert engine_dir("moto", "1") == Path("/own/engines/moto-1")


def test_a_relative_xdg_folder_is_ignored(home):
    home.setattr("sys.platform", "linux")
    home.setenv("XDG_CACHE_HOME", "relative")
    assert cache_dir() == Path("/home/kx/.cache/kxmodel")
