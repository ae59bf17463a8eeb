"""``kxmodel:SECTION`` in a site's `nav`, which stands for the pages of a section."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from kxmodel.errors import ConfigError
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.docs.contents import Entry

_MARK: Final = "kxmodel:"


def filled(nav: Any, sections: Mapping[str, Sequence[Entry]], where: str) -> Any:
    """`nav` of mkdocs.yml with its placeholders replaced; what is no placeholder stays as it is.

    where: the file, for messages. Raises ConfigError KX010 for a section that there is not.
    """
    if isinstance(nav, dict):
        return {title: filled(entry, sections, where) for title, entry in nav.items()}
    if isinstance(nav, list):
        return [each for entry in nav for each in _entries(entry, sections, where)]
    if isinstance(nav, str) and nav.startswith(_MARK):
        pages = _section(nav, sections, where)
        return pages[0] if len(pages) == 1 and isinstance(pages[0], str) else pages
    return nav


def _entries(entry: Any, sections: Mapping[str, Sequence[Entry]], where: str) -> list[Any]:
    """A placeholder without a title gives its pages to the list that it stands in."""
    if isinstance(entry, str) and entry.startswith(_MARK):
        return _section(entry, sections, where)
    return [filled(entry, sections, where)]


def _section(placeholder: str, sections: Mapping[str, Sequence[Entry]], where: str) -> list[Any]:
    name = placeholder.removeprefix(_MARK)
    if name not in sections:
        raise ConfigError(
            f"nav has {placeholder}, and there is no such section",
            where=where,
            fix=f"The sections are {', '.join(sections)}.",
        )
    # Themes put the titles of a navigation into the page as they are.
    return [
        {escape(printable(entry[0])): [page.as_posix() for page in entry[1]]}
        if isinstance(entry, tuple)
        else entry.as_posix()
        for entry in sections[name]
    ]
