"""All pages of a project: each module of `pages` gives some, and here they come together."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from kxmodel.docs.pages import attributes, collections, start, tables

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
)


def pages(project: Project) -> Pages:
    """Every page, picture and script of the site, the same bytes on every machine."""
    made: Pages = {}
    for maker in _MAKERS:
        for path, text in maker(project):
            assert path not in made, path
            made[path] = text
    return made
