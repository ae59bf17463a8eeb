"""What several verbs do: the steps from schema files to findings and to planned files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kxmodel.cli.session import Session
    from kxmodel.emit.write import Changes
    from kxmodel.ir import Table
    from kxmodel.lint import Finding


def lint_paths(session: Session, paths: Sequence[Path]) -> Sequence[Finding]:
    """The findings in these files and folders; none given: in the project's schemas.

    A file that cannot be read as a table is a finding as well: the only one.
    """
    from kxmodel.dialect import read_folder, read_table
    from kxmodel.errors import Location, SchemaError, TemplateError
    from kxmodel.lint import Finding, lint_tables

    try:
        tables: list[Table] = [] if paths else list(session.tables)
        for path in paths:
            tables += read_folder(path, path) if path.is_dir() else [read_table(path, path.parent)]
    except (SchemaError, TemplateError) as error:
        at = error.where if isinstance(error.where, Location) else Location(str(error.where or ""))
        return [Finding(error.code, "error", error.message, at, error.fix, "", "")]
    return lint_tables(tables)


def plan_models(session: Session) -> tuple[Sequence[Finding], Changes]:
    """Lint's errors, and what generating would change in the models folder.

    Raises SchemaError and UsageError.
    """
    from kxmodel.emit import models, write
    from kxmodel.lint import lint_tables

    errors = lint_tables(session.tables, only="error")
    files = models.emit(session.tables, package=session.config.package)
    return errors, write.plan(files, session.config.models)
