from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect import read_folder
from tests.emit.gallery import CLUB, GALLERY
from tests.emit.tools import ROOT

if TYPE_CHECKING:
    from kxmodel.ir import Table

FOLDERS = {
    "kxgen": ROOT / "schemas",
    "shop": ROOT / "examples" / "shop" / "schemas",
    "membership": ROOT / "examples" / "membership" / "schemas",
}


@pytest.fixture(scope="session")
def packages() -> dict[str, tuple[Table, ...]]:
    """Package -> its tables: those of every schema of this repository, and those made by hand."""
    found = {name: read_folder(folder) for name, folder in FOLDERS.items()}
    return {**found, "byhand": (GALLERY, CLUB)}
