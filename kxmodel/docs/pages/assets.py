"""The stylesheets and the scripts, as every site gets them."""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final

from kxmodel.docs import addresses as at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project

#: What every page loads, in this order.
STYLES: Final = ("kxmodel.css", "print.css")
SCRIPT: Final = "kxmodel.js"
_NAMES: Final = (*STYLES, SCRIPT, "playground.js")


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The stylesheets and the scripts; the playground's only where there are key builders."""
    folder = resources("kxmodel.docs").joinpath("assets")
    for name in _NAMES:
        if name != "playground.js" or project.scripts:
            yield at.ASSETS / name, folder.joinpath(name).read_text("utf-8")
