"""MkDocs' hook of this repository's own site: pages that come from the code and from other files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from kxmodel.cli.app import cli
from kxmodel.docs import markdown as md
from kxmodel.site.reference import pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Adds the reference, the list of decisions, and the changelog."""
    docs = Path(config.docs_dir)
    for path, text in pages(cli).items():
        files.append(File.generated(config, path.as_posix(), content=text))
    files.append(
        File.generated(config, "decisions/index.md", content=decisions(docs / "decisions"))
    )
    files.append(
        File.generated(
            config, "changelog.md", content=(docs.parent / "CHANGELOG.md").read_text("utf-8")
        )
    )
    return files


def decisions(folder: Path) -> str:
    """The page that lists what was decided, each by its file's title."""
    titles = {path.name: path.read_text("utf-8").partition("\n")[0] for path in folder.glob("*.md")}
    rows = [
        f"- {md.link(title.removeprefix('# '), name)}"
        for name, title in sorted(titles.items(), key=lambda each: each[1].replace("`", ""))
    ]
    about = "What was decided where the design left a choice, why, and what else was tried."
    return md.page("# Decisions", about, "\n".join(rows))
