"""The page of the rules that lint holds schemas against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md
from kxmodel.errors import CODES
from kxmodel.errors.base import HELP_PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.lint import Rule

_INTRO: Final = (
    "`kxmodel lint` holds every schema against these rules, and `kxmodel generate` writes nothing "
    "while one finds an error. A warning fails with `--strict` alone. Each finding names file, line "
    "and column, and what to do."
)


def page(rules: Sequence[Rule], up: str = "../") -> str:
    """The page. up: the way to the site's root, relative to the page."""
    rows = [
        (
            md.link(md.code(rule.code), f"{up}{HELP_PAGE}#{rule.code.lower()}"),
            rule.severity,
            md.line(CODES[rule.code].title),
            md.line(CODES[rule.code].cause),
        )
        for rule in rules
    ]
    return md.page(
        md.heading(1, "Rules of lint"),
        _INTRO,
        md.table(("code", "severity", "rule", "why"), rows),
    )
