from __future__ import annotations

import json
import sys
from importlib import invalidate_caches

import pytest

from kxmodel.emit.registry import OWN
from tests.emit.brought import install


def test_the_formats_and_their_settings(run, project):
    ran = run("export", "--list")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines if line[0] != " "] == list(OWN)
    assert any(line.strip().startswith("--set values=json | document: ") for line in lines)


def test_one_file_goes_to_the_terminal(run, project):
    ran = run("export", "jsonschema", "--table", "leads")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["title"] == "Leads"


def test_the_same_table_twice_is_one_table(run, project):
    once = run("export", "jsonschema", "--table", "leads").out
    assert run("export", "jsonschema", "--table", "leads", "--table", "leads").out == once


def test_several_go_into_a_folder(run, project):
    ran = run("export", "jsonschema", "-o", "out/")
    assert ran.code == 0
    assert ran.out == ""
    names = ["leads.json", "messages.json", "personas.json"]
    assert sorted(p.name for p in (project / "out").iterdir()) == names
    assert ran.err.splitlines() == [f"wrote out/{name}" for name in names]
    again = run("export", "jsonschema", "-o", "out/")
    assert again.err.splitlines() == [f"unchanged out/{name}" for name in names]


def test_several_do_not_go_to_the_terminal(run, project):
    ran = run("export", "typescript")
    assert ran.code == 1
    assert "KX704" in ran.err
    assert ran.out == ""


def test_settings(run, project):
    given = ("--set", "title=Kx = Gen", "--set", "version=3")
    ran = run("export", "openapi", *given)
    assert json.loads(ran.out)["info"] == {"title": "Kx = Gen", "version": "3"}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("xml",), 1, "KX700"),
        (("openapi", "--set", "colour=red"), 1, "KX701"),
        (("typescript", "--set", "values=xml", "-o", "out/"), 1, "KX701"),
        (("openapi", "--set", "title"), 2, "is not NAME=TEXT"),
        (("openapi", "--set", "title=a", "--set", "title=b"), 2, "is given twice"),
        (("openapi", "--table", "lead"), 2, "leads"),
        ((), 2, "no format is named"),
    ],
)
def test_what_is_wrong_is_said(run, project, arguments, code, told):
    ran = run("export", *arguments)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""


def test_a_table_with_errors_is_not_exported(run, project):
    place = project / "schemas" / "leads.json"
    place.write_text(
        place.read_text().replace('"GSI2SK": "${created_at}"', '"GSI2SK": "${nothing}"')
    )
    ran = run("export", "jsonschema", "-o", "out/")
    assert ran.code == 1
    assert "schemas/leads.json:" in ran.err
    assert not (project / "out").exists()


def test_a_format_that_a_package_brings(run, project, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(install(tmp_path / "site", "ddl = kx_ddl:EMITTER")))
    invalidate_caches()
    try:
        assert "ddl             one line for each table" in run("export", "--list").out
        ran = run("export", "ddl", "--table", "leads", "--set", "end=.")
        assert (ran.code, ran.out) == (0, "TABLE leads (contact_pk).\n")
    finally:
        sys.modules.pop("kx_ddl", None)
