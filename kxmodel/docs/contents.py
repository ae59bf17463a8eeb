"""The pages in the order of a navigation, by section: what ``kxmodel:tables`` stands for."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from kxmodel.docs import addresses as at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.docs.project import Project

#: A page, or a titled group of pages.
Entry: TypeAlias = "PurePosixPath | tuple[str, list[PurePosixPath]]"

SECTIONS = ("tables", "patterns", "migrations", "playground")


def contents(project: Project, made: Iterable[PurePosixPath]) -> dict[str, Sequence[Entry]]:
    """Section -> its pages; those of one table are a group under the table's title."""
    titles = {at.table_page(t).parent.name: t.title or t.name for t in project.tables}
    found: dict[str, list[Entry]] = {section: [] for section in SECTIONS}
    groups: dict[tuple[str, str], list[PurePosixPath]] = {}
    for page in made:
        section = page.parts[0] if len(page.parts) > 1 else page.stem
        if page.suffix != ".md" or section not in found:
            continue
        if len(page.parts) <= 2:
            found[section].append(page)
            continue
        folder = page.parts[1]
        if (section, folder) not in groups:
            groups[section, folder] = []
            found[section].append((titles.get(folder, folder), groups[section, folder]))
        groups[section, folder].append(page)
    return {section: _index_first(entries) for section, entries in found.items()}


def _index_first(entries: list[Entry]) -> Sequence[Entry]:
    return sorted(entries, key=lambda entry: not _is_index(entry))


def _is_index(entry: Entry) -> bool:
    return isinstance(entry, PurePosixPath) and entry.name == "index.md"
