"""The one stylesheet and the scripts, as every site gets them."""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final

from kxmodel.docs import addresses as at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project

#: The pages load the first two; the others are loaded by a page that needs them.
_NAMES: Final = ("kxmodel.css", "kxmodel.js", "playground.js")


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The stylesheet and the scripts; the playground's only where there are key builders."""
    folder = resources("kxmodel.docs").joinpath("assets")
    for name in _NAMES:
        if name != "playground.js" or project.scripts:
            yield at.ASSETS / name, folder.joinpath(name).read_text("utf-8")
