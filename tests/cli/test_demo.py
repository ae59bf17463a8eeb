from __future__ import annotations

import json

import kxmodel


def test_looking_at_a_project_changes_nothing(project, run):
    """Its models are not generated yet: the demo makes its own, elsewhere."""
    before = sorted(project.rglob("*"))
    ran = run("demo")
    assert ran.code == 0
    assert "is not up to date" in ran.out
    assert "answered  8 access patterns" in ran.out
    assert sorted(project.rglob("*")) == before


def test_models_of_that_name_from_elsewhere_are_not_taken(tmp_path, monkeypatch, run):
    """The project's package is called like one that is imported already."""
    monkeypatch.chdir(tmp_path)
    settings = 'schemas = "schemas"\nmodels = "kxmodel/models"\n'
    (tmp_path / "kxmodel.toml").write_text(settings)
    assert run("init").code == 0
    assert run("generate").code == 0
    ran = run("demo")
    assert ran.code == 0, ran.err
    assert "Note.newest('gym')" in ran.out
    assert not hasattr(kxmodel.models, "Note")


def test_a_pattern_without_an_example_is_named(project, run):
    schema = project / "schemas/leads.json"
    document = json.loads(schema.read_text())
    document["examples"] = []
    schema.write_text(json.dumps(document))
    ran = run("demo")
    assert ran.code == 0
    assert "Lead.by_phone: no example of the schema answers it" in ran.out


def test_lint_errors_stop_it(project, run):
    schema = project / "schemas/leads.json"
    text = schema.read_text()
    schema.write_text(text.replace('"range": "created_at"', '"range": "updated_at"'))
    ran = run("demo")
    assert (ran.code, ran.out) == (1, "")
    assert "schemas/leads.json:" in ran.err
