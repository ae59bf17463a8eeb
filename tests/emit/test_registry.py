"""Our formats, and those that a package on the path brings by its entry points."""

from __future__ import annotations

import sys
from importlib import invalidate_caches

import pytest

from kxmodel.emit.emitter import Emitter
from kxmodel.emit.files import path
from kxmodel.emit.registry import OWN, emitter, names
from kxmodel.errors import ExportError
from tests.emit.brought import install
from tests.emit.tables import small


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install a package with these entry points for one test."""

    def put(*points, **more):
        monkeypatch.syspath_prepend(str(install(tmp_path / "site", *points, **more)))
        invalidate_caches()

    yield put
    sys.modules.pop("kx_ddl", None)


@pytest.mark.parametrize("name", OWN)
def test_ours_are_called_what_their_folders_are(name):
    found = emitter(name)
    assert isinstance(found, Emitter)
    assert found.name == name
    assert found.summary
    assert found.summary[-1] != "."
    settings = [setting.name for setting in found.settings]
    assert len(set(settings)) == len(settings)
    assert all(s.default in s.choices for s in found.settings if s.choices)


def test_without_packages_there_are_ours():
    assert names() == list(OWN)


def test_a_package_brings_a_format(installed):
    installed("ddl = kx_ddl:EMITTER")
    assert names() == [*OWN, "ddl"]
    found = emitter("ddl")
    assert found.run([small("a")], {"end": "!"}) == {path("tables.ddl"): "TABLE a (pk)!\n"}


def test_a_package_cannot_take_the_place_of_ours(installed):
    installed("typescript = kx_ddl:EMITTER")
    assert names() == list(OWN)
    assert emitter("typescript").summary != "one line for each table"


def test_the_names_import_nothing(installed):
    installed("ddl = kx_ddl:EMITTER", module="raise RuntimeError('imported')")
    assert "ddl" in names()
    assert "kx_ddl" not in sys.modules


@pytest.mark.parametrize(
    ("point", "module", "reason"),
    [
        ("kx_ddl:EMITTER", "raise RuntimeError('broken')", "broken"),
        ("kx_ddl:NOTHING", "", "NOTHING"),
        ("kx_none:EMITTER", "", "kx_none"),
        ("kx_ddl:EMITTER", "EMITTER = 'text'", "no kxmodel.emit.emitter.Emitter but str"),
    ],
)
def test_what_cannot_be_loaded_is_named(installed, point, module, reason):
    installed(f"ddl = {point}", module=module)
    with pytest.raises(ExportError, match=reason) as raised:
        emitter("ddl")
    assert raised.value.code == "KX702"


def test_a_format_that_there_is_not():
    with pytest.raises(ExportError, match="there is no format 'xml'") as raised:
        emitter("xml")
    assert raised.value.code == "KX700"
    assert str(raised.value.fix).startswith("The formats are typescript, ")
