"""The site for language models: a list of its pages, and all of them in one file.

The list is as https://llmstxt.org/ proposes it: a heading, a summary, and links to Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

#: The file names that the proposal gives.
INDEX: Final = "llms.txt"
FULL: Final = "llms-full.txt"


@dataclass(frozen=True)
class Entry:
    """A page. path: of its Markdown below the site's root. title: Markdown on one line."""

    path: PurePosixPath
    title: str
    text: str


def entry(path: PurePosixPath, text: str) -> Entry:
    """A page with the title that its first heading gives."""
    heading = next((line for line in text.split("\n") if line.startswith("# ")), "")
    title = heading[2:].partition(" { #")[0].strip()
    return Entry(path, title or path.stem, text)


def index(name: str, summary: str, entries: Iterable[Entry]) -> str:
    """``llms.txt``: the pages by their folders, in the order given. name, summary: Markdown."""
    sections: dict[str, list[Entry]] = {}
    for each in entries:
        folder = each.path.parts[0] if len(each.path.parts) > 1 else ""
        sections.setdefault(folder, []).append(each)
    lines = [f"# {name}", ""]
    if summary:
        lines += [f"> {summary}", ""]
    for folder, members in sections.items():
        lines += [f"## {folder.replace('-', ' ').capitalize() or 'Start'}", ""]
        lines += [f"- [{each.title}]({each.path.as_posix()})" for each in members]
        lines.append("")
    return "\n".join(lines)


def full(entries: Iterable[Entry]) -> str:
    """``llms-full.txt``: every page, each after its path."""
    return "\n".join(f"<!-- {each.path.as_posix()} -->\n\n{each.text}" for each in entries)
