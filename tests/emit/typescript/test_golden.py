"""The generated text itself. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1 pytest tests/emit"""

from __future__ import annotations

import pytest

from kxmodel.emit.registry import emitter
from tests.emit.designs import NAMES, design, differs
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "typescript"
HEAD = "// Exported by kxmodel "
RUNTIME = ROOT / "kxmodel" / "emit" / "typescript" / "runtime"


def split(files):
    """The runtime, which is the same for every table, and the rest."""
    runtime = {path: text for path, text in files.items() if path.parts[0] == "runtime"}
    return runtime, {path: text for path, text in files.items() if path not in runtime}


@pytest.mark.parametrize("name", NAMES)
def test_the_modules_are_as_they_were(name):
    _, own = split(emitter("typescript").run(design(name), {}))
    assert differs(own, GOLDEN / name) == []
    assert all(text.startswith(HEAD) for text in own.values())


def test_what_document_client_gives_has_types_of_its_own():
    _, own = split(emitter("typescript").run(design("byhand"), {"values": "document"}))
    assert differs(own, GOLDEN / "byhand-document") == []


def test_the_runtime_comes_along():
    runtime, _ = split(emitter("typescript").run(design("shop"), {}))
    assert {path.name for path in runtime} == {path.name for path in RUNTIME.glob("*.ts")}
    for path, text in runtime.items():
        assert text.startswith(HEAD)
        assert text.endswith((RUNTIME / path.name).read_text("utf-8"))


def test_the_order_of_the_tables_changes_nothing():
    tables = design("kxgen")
    assert emitter("typescript").run(tables[::-1], {}) == emitter("typescript").run(tables, {})
