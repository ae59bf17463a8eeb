from __future__ import annotations

import io
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def edit(project: Path, table: str, old: str, new: str) -> None:
    path = project / f"schemas/{table}.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def migrated(run, project):
    """The project with KxGen's migrations."""
    shutil.copytree(ROOT / "migrations", project / "migrations")
    assert run("check").code == 0
    return project


def test_from_nothing(run, project):
    assert run("check").code == 1
    ran = run("makemigration", "--dry-run")
    assert ran.out.startswith('"""Create the table leads')
    assert "op.CreateTable(" in ran.out
    assert not (project / "migrations").exists()
    ran = run("makemigration")
    assert ran.code == 0
    assert "wrote migrations/0001_create_tables.py" in ran.err
    assert "  - Create the table leads with the primary key (contact_pk, sk)." in ran.err
    assert run("check").code == 0
    assert run("makemigration").err == "No change.\n"


def test_a_new_index(run, migrated):
    edit(
        migrated,
        "leads",
        '"indexes": {\n      "GSI1": {\n        "hash"',
        '"indexes": {\n      "GSI3": {"hash": "GSI3PK"},\n      "GSI1": {\n        "hash"',
    )
    edit(
        migrated,
        "leads",
        '"indexes": {\n      "GSI1": {"keys"',
        '"indexes": {\n      "GSI3": {"keys": {"GSI3PK": "${tenantId}"}},\n      "GSI1": {"keys"',
    )
    ran = run("check", "--format", "json")
    assert ran.code == 1
    (finding,) = json.loads(ran.out)
    assert (finding["code"], finding["file"]) == ("KX610", "migrations")
    ran = run("makemigration", "-m", "Leads of a tenant")
    assert ran.code == 0
    text = (migrated / "migrations/0010_leads_of_a_tenant.py").read_text()
    assert text.startswith('"""Leads of a tenant"""')
    assert 'follows="0009_validate_items"' in text
    order = ["WaitForWriters", "BackfillKeys", "VerifyKeys", "CreateIndex", "SetSchema"]
    assert [text.index(f"op.{name}(") for name in order] == sorted(
        text.index(f"op.{name}(") for name in order
    )
    assert run("check").code == 0


def test_a_template_changed_in_place(run, migrated):
    edit(migrated, "messages", '"GSI2PK": "${lead_id}"', '"GSI2PK": "${tenantId}#${lead_id}"')
    ran = run("makemigration")
    assert ran.code == 1
    assert "KX614" in ran.err
    assert "--allow-outage" in ran.err
    ran = run("makemigration", "--allow-outage")
    assert ran.code == 0
    assert "note: messages: the template for Message of GSI2 changes in place" in ran.err


def test_a_renamed_attribute_is_flagged_off_a_terminal(run, migrated):
    edit(migrated, "leads", '"created_by": {', '"made_by": {')
    ran = run("makemigration")
    assert ran.code == 0
    assert 'op.RenameAttribute("leads", entity="Lead", old="created_by", new="made_by")' in ran.err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_renamed_attribute_is_asked_for_on_a_terminal(run, migrated, monkeypatch, answer):
    edit(migrated, "leads", '"created_by": {', '"made_by": {')
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run("makemigration", "-m", "names").code == 0
    text = (migrated / "migrations/0010_names.py").read_text()
    assert ("op.RenameAttribute(" in text) is (answer == "y")
    assert run("check").code == 0


def test_check_annotates(run, migrated):
    path = migrated / "migrations/0003_messages_by_lead.py"
    path.write_text(path.read_text().replace("${lead_id}", "${tenantId}"))
    ran = run("check", "--format", "github")
    assert ran.code == 1
    assert "::error file=migrations/0003_messages_by_lead.py" in ran.out
    assert "KX602" in ran.out
    assert "KX602" in run("makemigration", "--relock").err


def test_merge(run, migrated):
    assert run("makemigration", "--merge").err == "There is one head.\n"
    folder = migrated / "migrations"
    for name in ("py", "json"):
        shutil.copy(folder / f"0009_validate_items.{name}", folder / f"0009_another.{name}")
    path = folder / "0009_another.py"
    path.write_text(path.read_text().replace("0009_validate_items", "0009_another"))
    ran = run("check")
    assert ran.code == 1
    assert "0009_another and 0009_validate_items" in ran.out
    assert run("makemigration", "--relock").code == 0
    told = run("check")
    assert told.code == 1
    assert told.out.startswith("migrations: error KX608")
    assert run("makemigration", "--merge").code == 0
    assert (folder / "0010_merge_0009_0009.py").is_file()
    assert run("check").code == 0


def test_usage(run, migrated):
    assert run("makemigration", "--merge", "--relock").code == 2


def test_a_derived_attribute_is_filled_in(run, migrated):
    path = migrated / "schemas/leads.json"
    schema = json.loads(path.read_text())
    schema["properties"]["slug"] = {
        "title": "Slug",
        "description": "The address in a URL.",
        "type": "string",
        "x-kx-derive": "${tenantId}-${email_lc}",
    }
    path.write_text(json.dumps(schema))
    ran = run("makemigration")
    assert ran.code == 0
    assert "Give every stored Lead of leads what templates give: slug = ${tenantId}-" in ran.err
    (made,) = migrated.glob("migrations/*_leads_lead_slug.py")
    assert "op.DeriveAttributes(" in made.read_text()
    assert run("check").code == 0
    assert run("makemigration").err == "No change.\n"
