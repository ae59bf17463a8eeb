"""The guide names what there is; `tests/site/test_guides.py` follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kxmodel.testing.faults

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "faults.md").read_text("utf-8")


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
