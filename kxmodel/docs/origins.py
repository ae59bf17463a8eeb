"""Where a generated page comes from: the file that is edited in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Project


class Origins:
    """The files behind the pages of a project.

    migrations: the folder of the migrations as the site's reader names it, e.g. ``migrations``.
    """

    def __init__(self, project: Project, migrations: str) -> None:
        self._tables = {at.table_page(table).parent.name: table.source for table in project.tables}
        self._revisions = {
            at.revision_page(each.name): f"{migrations}/{each.name}.py"
            for each in project.revisions
        }

    def of(self, page: PurePosixPath) -> str | None:
        """A schema or a migration, relative to the project's root; None where a page has several."""
        if page in self._revisions:
            return self._revisions[page]
        folders = page.parts[:-1]
        if len(folders) == 2 and folders[0] in (at.TABLES.parts[0], at.PATTERNS.parts[0]):
            return self._tables.get(folders[1])
        return None
