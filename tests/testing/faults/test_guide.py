"""The guide's code is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kxmodel.testing.faults
from kxmodel.engines import RunningEngine
from kxmodel.testing.tables import DUMMY

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "faults.md").read_text("utf-8")


def test_its_tests_pass(
    pytester: pytest.Pytester, kxmodel_engine: RunningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in DUMMY.items():
        monkeypatch.setenv(name, value)
    code = "\n".join(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
    pytester.makepyfile(code)
    ran = pytester.runpytest_subprocess("-q", f"--kxmodel-engine={kxmodel_engine.endpoint_url}")
    ran.assert_outcomes(passed=2)


def test_it_names_every_fault() -> None:
    public = set(kxmodel.testing.faults.__all__)
    of_types = {"Answer", "Call", "Entry", "Errors", "Fault", "Killed", "Simulator"}
    unnamed = {name for name in public if not re.search(rf"\b{name}\b", GUIDE)}
    assert unnamed <= of_types | {"always"}


@pytest.mark.parametrize("name", kxmodel.testing.faults.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    found = getattr(kxmodel.testing.faults, name)
    if name in ("READS", "WRITES", "Answer", "Fault"):
        return
    assert found.__doc__
    assert found.__doc__.strip()
