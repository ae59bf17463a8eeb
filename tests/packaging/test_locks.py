"""The locked requirements: complete, hashed, and silent about where they were made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(path: Path) -> dict[str, Requirement]:
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    found = {}
    for line in lines:
        assert re.search(r" --hash=sha256:[0-9a-f]{64}", line), line
        requirement = Requirement(line.partition("--hash")[0].strip())
        found[requirement.name.lower()] = requirement
    return found


def test_there_are_four():
    assert [path.stem for path in FILES] == ["base", "bench", "dev", "moto"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_pinned_and_names_no_host(path):
    assert "://" not in path.read_text(encoding="utf-8")
    for requirement in pins(path).values():
        (exact,) = requirement.specifier
        assert exact.operator == "=="


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_holds_what_the_project_declares(path):
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
    if path.stem == "dev":
        wanted += [each for each in PROJECT["dependency-groups"]["dev"] if isinstance(each, str)]
    if path.stem == "moto":
        wanted += PROJECT["project"]["optional-dependencies"]["moto"]
    held = pins(path)
    for requirement in map(Requirement, wanted):
        pinned = held[requirement.name.lower()]
        (exact,) = pinned.specifier
        assert exact.version in requirement.specifier


def test_they_agree_with_one_another():
    base = pins(ROOT / "requirements/base.txt")
    for path in FILES:
        held = pins(path)
        assert {n: held[n].specifier for n in base} == {n: base[n].specifier for n in base}
