"""The page of errors: an anchor for each code, which `KxError.help_anchor` names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.errors import Code

#: The digit after KX -> what the codes are about.
RANGES: Final = {
    "0": "Command line, settings and use",
    "1": "Reading a schema",
    "2": "Findings of lint",
    "3": "Values and key templates",
    "4": "Reading and writing items",
    "5": "Local engines",
    "6": "Migrations and stored items",
    "7": "Exports, drafts and pages",
}

_INTRO: Final = (
    "Every error of kxmodel has a code, says what is wrong and where, and what to do next. "
    "`kxmodel explain KX101` prints what stands here. In a program, `error.code` is the code: all are "
    "raised as `kxmodel.KxError` or a class derived from it."
)


def page(codes: Mapping[str, Code]) -> str:
    """The page. codes: in the order of their numbers."""
    groups = [
        (digit, list(rows)) for digit, rows in groupby(codes.values(), lambda row: row.code[2])
    ]
    contents = "\n".join(
        f"- {md.link(md.text(RANGES[digit]), f'#kx{digit}xx')}: {rows[0].code} to {rows[-1].code}"
        for digit, rows in groups
    )
    blocks = [md.heading(1, "Errors"), _INTRO, contents]
    for digit, rows in groups:
        blocks.append(md.heading(2, md.text(RANGES[digit]), f"kx{digit}xx"))
        blocks += [_code(row) for row in rows]
    return md.page(*blocks)


def _code(row: Code) -> str:
    return "\n\n".join(
        (
            md.heading(3, md.text(f"{row.code} {row.title}"), row.code.lower()),
            md.prose(row.cause),
            f"**What to do:** {md.line(row.fix)}",
        )
    )
