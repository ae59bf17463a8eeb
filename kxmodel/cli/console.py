"""Tables for people: coloured on a terminal, plain elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.table import Table

#: Columns where nobody looks through a terminal; COLUMNS says otherwise.
PLAIN_WIDTH: Final = 120


def console() -> Console:
    """stdout by rich. What is written to it is never read as markup."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)


def grid(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table with a line under its head; the first column stands out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for number, header in enumerate(headers):
        table.add_column(Text(header), style="cyan" if number == 0 else "", overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table


def visible(text: str) -> str:
    """`text` without characters that would steer the terminal; line ends stay."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)
