"""The page of the formats that tables are exported to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.emit.emitter import Emitter, Setting

_INTRO: Final = (
    "`kxmodel export NAME` writes the tables for another tool: one file to the terminal, or to the "
    "file or folder that `-o` names. The same schemas give the same bytes on every machine. `--set` "
    "says a setting. A package may bring formats of its own: "
    "[write an emitter](../guides/writing-an-emitter.md)."
)


def page(emitters: Sequence[Emitter]) -> str:
    """The page of these formats."""
    blocks = [md.heading(1, "Export formats"), _INTRO]
    for each in emitters:
        blocks += _format(each)
    return md.page(*blocks)


def _format(emitter: Emitter) -> Iterator[str]:
    yield md.heading(2, md.code(emitter.name), emitter.name)
    yield f"{md.line(emitter.summary[:1].upper() + emitter.summary[1:])}."
    if emitter.settings:
        yield md.table(("setting", "meaning", "default"), map(_setting, emitter.settings))


def _setting(setting: Setting) -> tuple[str, str, str]:
    said = md.line(setting.meaning)
    if setting.choices:
        said += f": {', '.join(map(md.code, setting.choices))}"
    return md.code(setting.name), said, md.code(setting.default)
