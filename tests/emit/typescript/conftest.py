from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.dialect import read_folder
from kxmodel.emit.registry import emitter
from tests.emit.gallery import CLUB, GALLERY
from tests.emit.npm import compile_typescript, node
from tests.emit.tools import ROOT, put
from tests.emit.typescript.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kxmodel.ir import Table

FOLDERS = ("schemas", "examples/shop/schemas", "examples/membership/schemas")


def all_tables() -> list[Table]:
    found = [table for folder in FOLDERS for table in read_folder(ROOT / folder)]
    return [*found, GALLERY, CLUB, FILTERS]


@pytest.fixture(scope="session")
def tables() -> list[Table]:
    """Those of every schema of this repository, and those made by hand."""
    return all_tables()


@pytest.fixture(scope="session")
def ask(tables, tmp_path_factory) -> Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]:
    """Calls of generated functions -> their results, from one run of Node."""
    folder = put(emitter("typescript").run(tables, {}), tmp_path_factory.mktemp("typescript"))
    out = tmp_path_factory.mktemp("javascript")
    assert compile_typescript(folder, out) == ""
    driver = ROOT / "tests" / "emit" / "typescript" / "driver.mjs"

    def run(calls: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        done = node(str(driver), str(out), text=json.dumps(calls))
        assert done.returncode == 0, done.stderr[-1000:]
        return json.loads(done.stdout)

    return run
