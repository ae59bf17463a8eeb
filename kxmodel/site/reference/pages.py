"""All pages of the reference."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.metaschema import keywords
from kxmodel.emit.registry import OWN, emitter
from kxmodel.errors import CODES
from kxmodel.errors.base import HELP_PAGE
from kxmodel.keys.filters import FILTERS
from kxmodel.lint import RULES
from kxmodel.site.reference import commands, dialect, errors, formats, names, rules

if TYPE_CHECKING:
    import click

    from kxmodel.docs.site import Pages

_FOLDER: Final = PurePosixPath("reference")


def pages(cli: click.Command) -> Pages:
    """Path below the site's folder -> Markdown. cli: the command line, which lies above this part."""
    made = {
        PurePosixPath(HELP_PAGE): errors.page(CODES),
        _FOLDER / "commands.md": commands.page(cli),
        _FOLDER / "dialect.md": dialect.page(keywords(), [*FILTERS.values()]),
        _FOLDER / "rules.md": rules.page(RULES),
        _FOLDER / "formats.md": formats.page([emitter(name) for name in OWN]),
        _FOLDER / "api/index.md": names.index(),
    }
    return made | {_FOLDER / f"api/{part.slug}.md": names.page(part) for part in names.PARTS}
