"""``kxmodel import``."""

import json

from tests.adopt.workbench.samples import OFFERS


def model(folder):
    path = folder / "offers.model.json"
    path.write_text(json.dumps(OFFERS), "utf-8")
    return str(path)


def test_drafts_go_to_the_folder_that_is_named(run, tmp_path):
    done = run("import", "workbench", model(tmp_path), "-o", str(tmp_path / "drafts"))
    assert (done.code, done.out) == (0, "")
    assert "Accounts, Offers, AccountOffers" in done.err
    assert "No sample item tells how items of Notes (Body) are kept" in done.err
    assert "kxmodel lint" in done.err
    linted = run("lint", str(tmp_path / "drafts"))
    assert linted.code == 0


def test_drafts_go_to_the_project_by_default_and_overwrite_nothing(run, project):
    path = model(project)
    assert run("import", "workbench", path).code == 0
    before = (project / "schemas" / "card_offers.json").read_text()
    again = run("import", "workbench", path)
    assert again.code == 1
    assert "KX711" in again.err
    assert (project / "schemas" / "card_offers.json").read_text() == before
    assert run("lint").code == 0


def test_what_is_no_model_is_refused_with_its_place(run, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{\n  "DataModel": 5\n}')
    done = run("import", "workbench", str(path), "-o", str(tmp_path))
    assert done.code == 1
    assert "bad.json:2:" in done.err
    assert "KX710" in done.err


def test_import_is_a_group_and_shows_its_sources(run):
    assert "workbench" in run("import", "--help").out
    assert "import" in run("--help").out
