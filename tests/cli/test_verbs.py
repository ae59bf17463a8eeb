from __future__ import annotations

import json
import shutil

import pytest

from kxmodel.engines import status
from tests.cli.conftest import ROOT


def test_lint_of_the_project(run, project):
    ran = run("lint")
    assert ran.code == 0
    assert "schemas/messages.json:" in ran.out
    assert ran.out.endswith("notes\n")


def test_lint_strict_lets_warnings_fail(run, project):
    assert run("lint", "--strict").code == 1


def test_lint_of_paths_needs_no_settings(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("lint", str(ROOT / "schemas")).code == 0
    ran = run("lint", str(ROOT / "schemas" / "leads.json"), "--format", "json")
    assert {finding["table"] for finding in json.loads(ran.out)} == {"leads"}


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_file_that_cannot_be_read_is_a_finding_in_every_form(run, project, form):
    (project / "schemas" / "leads.json").write_text('{\n  "x-kx-table": }\n')
    ran = run("lint", "--format", form)
    assert ran.code == 1
    assert "KX102" in ran.out
    if form == "json":
        (finding,) = json.loads(ran.out)
        assert (finding["file"], finding["line"]) == ("schemas/leads.json", 2)
    if form == "github":
        assert ran.out.startswith("::error file=schemas/leads.json,line=2,")


def test_generate_and_check(run, project):
    ran = run("generate", "--check")
    assert ran.code == 1
    assert "+++ b/leads.py" in ran.out
    assert not (project / "app").exists()

    assert run("generate").code == 0
    assert (project / "app/models/leads.py").is_file()
    ran = run("generate", "--check")
    assert (ran.code, ran.out) == (0, "")


def test_check_shows_what_changed_and_writes_nothing(run, project):
    run("generate")
    schema = project / "schemas/leads.json"
    before = (project / "app/models/leads.py").read_text()
    text = schema.read_text()
    schema.write_text(text.replace("Who created the lead", "Who made the lead"))
    ran = run("generate", "--check")
    assert ran.code == 1
    assert "Who made the lead" in "".join(x for x in ran.out.splitlines() if x.startswith("+"))
    assert (project / "app/models/leads.py").read_text() == before


def test_generate_removes_only_what_is_its_own(run, project):
    run("generate")
    own = project / "app/models/mine.py"
    own.write_text("x = 1\n")
    (project / "schemas/leads.json").unlink()
    assert run("generate").code == 0
    assert own.exists()
    assert not (project / "app/models/leads.py").exists()


@pytest.mark.parametrize(
    "breaking",
    [
        lambda text: "{",
        lambda text: text.replace(
            '"${tenantId}#${email_lc}", "sk"', '"${tenantId}#${nobody}", "sk"'
        ),
    ],
    ids=["broken file", "lint error"],
)
def test_nothing_is_generated_unless_everything_is_sound(run, project, breaking):
    schema = project / "schemas/leads.json"
    text = schema.read_text()
    assert breaking(text) != text
    schema.write_text(breaking(text))
    ran = run("generate")
    assert ran.code == 1
    assert "schemas/leads.json:" in ran.err
    assert not (project / "app").exists()


def test_generate_keeps_off_a_file_that_is_not_its_own(run, project):
    (project / "app/models").mkdir(parents=True)
    (project / "app/models/leads.py").write_text("mine = True\n")
    ran = run("generate")
    assert ran.code == 2
    assert "KX020" in ran.err
    assert [path.name for path in (project / "app/models").iterdir()] == ["leads.py"]


def test_no_schema_at_all(run, project):
    shutil.rmtree(project / "schemas")
    (project / "schemas").mkdir()
    ran = run("generate")
    assert ran.code == 2
    assert "describes a table" in ran.err


def test_describe(run, project):
    told = run("describe").out
    assert all(word in told for word in ("leads", "messages", "personas", "GSI2", "by_phone"))
    assert "contactInfo" not in run("describe", "messages").out
    assert "conversation_id" in run("describe", "messages").out


def test_describe_as_json(run, project):
    (table,) = json.loads(run("describe", "messages", "--format", "json").out)
    assert [index["name"] for index in table["indexes"]] == ["GSI1", "GSI2"]
    assert table["patterns"][0]["call"] == "Message.conversation(tenant_id, email_lc)"


def test_describe_of_an_unknown_table(run, project):
    ran = run("describe", "massages")
    assert ran.code == 2
    assert "leads, messages, personas" in ran.err


def test_explain(run, project):
    ran = run("explain", "tenant123#+1234567890", "--format", "json")
    first = json.loads(ran.out)[0]
    assert (first["table"], first["index"], first["attribute"]) == ("leads", "GSI1", "GSI1PK")
    assert first["sources"] == {"tenantId": "tenant123", "contactInfo.phone": "+1234567890"}
    assert "contactInfo.phone = +1234567890" in run("explain", "tenant123#+1234567890").out


def test_explain_narrowed(run, project):
    found = json.loads(
        run("explain", "t#x", "--table", "leads", "--index", "GSI2", "--format", "json").out
    )
    assert [(one["table"], one["index"]) for one in found] == [("leads", "GSI2")]


def test_explain_a_key_of_no_table(run, project):
    ran = run("explain", "nothing of it", "--table", "leads")
    assert (ran.code, ran.out) == (1, "")


def test_explain_a_code_needs_no_project(run, tmp_path):
    ran = run("--project", str(tmp_path), "explain", "KX102")
    assert ran.code == 0
    assert "What to do:" in ran.out


def test_explain_a_code_in_any_case_as_text_and_as_json(run, tmp_path):
    ran = run("--project", str(tmp_path), "explain", "kx102")
    assert ran.out.startswith("KX102 ")
    assert ran.out.endswith("In the documentation: errors.md#kx102\n")
    told = json.loads(run("explain", "KX102", "--format", "json").out)
    assert told["code"] == "KX102"
    assert told["fix"] in ran.out


def test_explain_a_code_that_there_is_not(run, project, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (project, tmp_path / "empty"):
        ran = run("--project", str(folder), "explain", "kx999")
        assert (ran.code, ran.out) == (1, "")
        assert "There is no code KX999" in ran.err
    assert "tenantId = kx999" in run("explain", "kx999", "--table", "messages").out


def test_engine_list(run):
    told = json.loads(run("engine", "list", "--format", "json").out)
    assert [row["name"] for row in told] == [row.engine.name for row in status()]
    assert all(row["found"] or row["advice"] for row in told)


def test_engine_install_of_what_is_here(run):
    ran = run("engine", "install", "moto")
    assert ran.code == 0
    assert "moto" in ran.out


def test_init_then_everything(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("init").code == 0
    assert run("lint", "--strict").out == "no findings\n"
    assert run("generate").code == 0
    assert run("generate", "--check").code == 0
    again = run("init")
    assert again.code == 0
    assert "wrote" not in again.err
