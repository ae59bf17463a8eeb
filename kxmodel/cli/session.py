"""What one run of the command line knows: where it stands, and what it reads there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.config import Config
    from kxmodel.ir import Table


@dataclass
class Session:
    """folder: where the search for the project's settings begins."""

    folder: Path
    debug: bool = False

    @cached_property
    def config(self) -> Config:
        """The project's settings. Raises ConfigError."""
        from kxmodel.config import find_config

        return find_config(self.folder)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the project's schemas folder. Raises ConfigError and SchemaError."""
        from kxmodel.dialect import read_folder
        from kxmodel.errors import ConfigError

        tables = read_folder(self.config.schemas, self.config.root)
        if not tables:
            raise ConfigError(
                f"no file in {self.config.schemas} describes a table",
                where=str(self.config.source),
                fix="Write a schema with x-kx-table, or correct `schemas`.",
            )
        return tables

    def table(self, name: str) -> Table:
        """The table of this name. Raises UsageError KX002 with the names that there are."""
        from kxmodel.errors import UsageError

        for table in self.tables:
            if table.name == name:
                return table
        names = ", ".join(table.name for table in self.tables)
        raise UsageError(f"there is no table {name!r}", fix=f"The tables are {names}.")

    def engine(self, named: str | None) -> str:
        """The local DynamoDB to use: the one named, else the project's, else ``auto``."""
        from kxmodel.errors import ConfigError

        if named is not None:
            return named
        try:
            return self.config.engine
        except ConfigError as error:
            if error.where is not None:  # there are settings, and they are wrong
                raise
            return "auto"


pass_session = click.make_pass_decorator(Session)


def complete_table(ctx: click.Context, _: click.Parameter, typed: str) -> list[str]:
    """The names of tables that begin as typed, for shell completion: silent where there are none."""
    from kxmodel.errors import KxError

    session = ctx.find_object(Session)
    try:
        names = [table.name for table in session.tables] if session else []
    except KxError:
        return []
    return [name for name in names if name.startswith(typed)]
