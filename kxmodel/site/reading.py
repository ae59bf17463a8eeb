"""A project from its files, as the pages want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect import read_folder
from kxmodel.docs.project import Project
from kxmodel.emit.registry import emitter
from kxmodel.errors import ConfigError
from kxmodel.site.answers import read_answers
from kxmodel.site.story import revisions

if TYPE_CHECKING:
    from kxmodel.config import Config


def read_project(config: Config, name: str = "", description: str = "") -> Project:
    """Tables, migrations and recorded answers of a project.

    name, description: the site's. Raises ConfigError KX010 where no file describes a table, SchemaError,
    MigrationFileError, GraphError, DocsError KX724 for recorded answers, and ExportError where a key
    cannot be built in a browser.
    """
    tables = read_folder(config.schemas, config.root)
    if not tables:
        raise ConfigError(
            f"no file in {config.schemas} describes a table",
            where=str(config.source),
            fix="Write a schema with x-kx-table, or correct `schemas`.",
        )
    return Project(
        tables=tuple(tables),
        package=config.package,
        revisions=revisions(config.migrations),
        answers=read_answers(config.answers, tables),
        scripts=emitter("typescript").run(tables, {"language": "javascript"}),
        name=name,
        description=description,
    )
