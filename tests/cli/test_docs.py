from __future__ import annotations

from functools import partial
from shutil import copytree, rmtree

from kxmodel.cli import main
from kxmodel.engines import find
from kxmodel.site import recording
from kxmodel.testing.ci import skip_or_fail
from tests.site.sites import PLAIN, ROOT, project, schemas_of


def test_it_writes_pages_and_checks_them(tmp_path, capsys, monkeypatch):
    project(tmp_path / "p", schemas_of("examples/shop/schemas"), PLAIN)
    monkeypatch.chdir(tmp_path / "p")
    assert main(["docs", "--check"]) == 1
    assert not (tmp_path / "p" / "build").exists()
    assert "build/docs differs" in capsys.readouterr().err
    assert main(["docs"]) == 0
    assert "wrote build/docs/index.md" in capsys.readouterr().err
    assert "# Shop" in (tmp_path / "p" / "build/docs/tables/shop/index.md").read_text("utf-8")
    assert main(["docs", "--check"]) == 0
    assert capsys.readouterr().err == "build/docs is up to date.\n"
    (tmp_path / "p" / "build/docs/index.md").write_text("x")
    assert main(["docs", "--check"]) == 1
    assert "differs build/docs/index.md" in capsys.readouterr().err


def test_what_it_writes_needs_no_tool(tmp_path, monkeypatch):
    project(tmp_path / "p", schemas_of("examples/shop/schemas"), PLAIN)
    monkeypatch.chdir(tmp_path / "p")
    assert main(["docs"]) == 0
    there = [p for p in (tmp_path / "p" / "build/docs").rglob("*") if p.is_file()]
    assert {p.suffix for p in there} - {""} == {".md", ".svg", ".txt"}
    page = (tmp_path / "p" / "build/docs/tables/shop/index.md").read_text("utf-8")
    assert '<a id="keys"></a>\n\n## Entities and their keys\n' in page
    assert "{ #" not in page
    assert "**DynamoDB JSON**\n\n```json" in page


def test_it_writes_over_nobodys_files(tmp_path, capsys, monkeypatch):
    project(tmp_path / "p", schemas_of("examples/shop/schemas"), PLAIN)
    monkeypatch.chdir(tmp_path / "p")
    (tmp_path / "p" / "docs" / "index.md").write_text("mine")
    assert main(["docs", "-o", "docs"]) == 1
    assert "KX720" in capsys.readouterr().err
    assert (tmp_path / "p" / "docs" / "index.md").read_text() == "mine"


def test_it_records_answers(tmp_path, capsys, monkeypatch):
    if find("dynoxide") is None:
        skip_or_fail("dynoxide is not installed")
    shop = copytree(ROOT / "examples/shop", tmp_path / "shop")
    rmtree(shop / "docs" / "answers")
    monkeypatch.chdir(shop)
    monkeypatch.setattr(recording, "record", partial(recording.record, languages=("python",)))
    assert main(["docs", "--record"]) == 0
    assert "wrote docs/answers/shop.json" in capsys.readouterr().err
    page = (shop / "build/docs/patterns/shop/order-open-in.md").read_text("utf-8")
    assert "The programs in Python were run" in page
    assert "TypeScript and AWS CLI could not be run" in page


def test_checking_records_nothing(tmp_path, capsys, monkeypatch):
    project(tmp_path / "p", schemas_of("examples/shop/schemas"), PLAIN)
    monkeypatch.chdir(tmp_path / "p")
    assert main(["docs", "--record", "--check"]) == 2
    assert "--record writes" in capsys.readouterr().err
