"""The pages together, as this repository's site has them."""

from __future__ import annotations

from pathlib import PurePosixPath

from kxmodel.cli.app import cli
from kxmodel.site.reference import pages
from tests.site.sites import ROOT


def test_each_is_in_the_navigation_and_on_the_site(own):
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for path in pages(cli):
        assert path.as_posix() in settings
        place = path.parent if path.stem == "index" else path.with_suffix("")
        assert f"{place}/" in own.pages


def test_they_are_the_same_twice():
    assert pages(cli) == pages(cli)
    assert PurePosixPath("errors.md") in pages(cli)


def test_every_decision_and_change_is_listed(own):
    listed = {link.rstrip("/").rpartition("/")[2] for link in own.pages["decisions/"].links}
    assert {path.stem for path in (ROOT / "docs" / "decisions").glob("*.md")} <= listed
    assert "unreleased-010" in own.pages["changelog/"].ids


def test_guides_are_in_the_navigation_and_in_their_index():
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = (ROOT / "docs" / "guides" / "index.md").read_text("utf-8")
    for guide in (ROOT / "docs" / "guides").glob("*.md"):
        assert f"guides/{guide.name}" in settings
        assert f"]({guide.name})" in listed or guide.stem == "index"


def test_hooks_are_no_pages(own):
    assert not list(own.folder.rglob("*.py"))
