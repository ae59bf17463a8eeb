"""All pages of a project: each module of `pages` gives some, and here they come together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from kxmodel.docs import addresses as at
from kxmodel.docs import llms
from kxmodel.docs.markdown import text as words
from kxmodel.docs.pages import (
    assets,
    attributes,
    collections,
    migrations,
    pattern,
    patterns,
    pictures,
    playground,
    start,
    tables,
)
from kxmodel.docs.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kxmodel.docs.project import Project

#: Path below the site's folder -> text.
Pages: TypeAlias = dict[PurePosixPath, str]

_MAKERS: tuple[Callable[[Project], Iterator[tuple[PurePosixPath, str]]], ...] = (
    start.pages,
    tables.pages,
    attributes.pages,
    collections.pages,
    patterns.pages,
    pattern.pages,
    migrations.pages,
    playground.pages,
    pictures.pages,
    assets.pages,
)


def pages(project: Project) -> Pages:
    """Every page, picture and script of the site, the same bytes on every machine.

    The Markdown is MkDocs', which makes anchors, tabs and admonitions of it.
    """
    made: Pages = {}
    for maker in _MAKERS:
        for path, text in maker(project):
            assert path not in made, path
            made[path] = text
    return made


def plain_pages(project: Project) -> Pages:
    """The pages and pictures for reading as they are: no scripts, Markdown as any tool shows it."""
    made: Pages = {}
    for path, text in pages(replace(project, scripts={})).items():
        if at.ASSETS not in path.parents:
            made[path] = plain(text) if path.suffix == ".md" else text
    entries = [llms.entry(path, text) for path, text in made.items() if path.suffix == ".md"]
    made[PurePosixPath(llms.INDEX)] = llms.index(words(project.name or "Tables"), "", entries)
    made[PurePosixPath(llms.FULL)] = llms.full(entries)
    return made
