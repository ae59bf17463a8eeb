"""Reports: text for people, one page of HTML, JSON and JSON Lines for programs. They return text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kxmodel.report.writing.machine import Json, JsonLines
from kxmodel.report.writing.output import file_output
from kxmodel.report.writing.page import Page
from kxmodel.report.writing.plain import PlainText, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.tally import Tally


class Writer(Protocol):
    """What every form of report does; each part is text to be written in this order."""

    def begin(self) -> str: ...
    def finding(self, finding: ItemFinding) -> str: ...
    def end(self) -> str: ...


#: The forms of a report by their names on the command line.
WRITERS: Final[Mapping[str, Callable[[Tally], Writer]]] = {
    "text": PlainText,
    "json": Json,
    "jsonl": JsonLines,
    "html": Page,
}

__all__ = [
    "WRITERS",
    "Json",
    "JsonLines",
    "Page",
    "PlainText",
    "Writer",
    "file_output",
    "verdict",
]
