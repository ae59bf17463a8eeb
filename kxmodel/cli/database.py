"""The options by which several verbs find a database, and the database that they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.cli.session import Session
    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.database import Database

_F = TypeVar("_F", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--endpoint-url", metavar="URL", help="A local DynamoDB; by default AWS's."),
    click.option("--region", help="The AWS region; by default as the AWS tools find it."),
    click.option("--profile", help="The AWS profile; by default as the AWS tools find it."),
    click.option(
        "--prefix", help="Before all tables' names; by default the project's table_prefix."
    ),
)


def database_options(command: _F) -> _F:
    """Adds the options, as the arguments `endpoint_url`, `region`, `profile` and `prefix`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_database(
    session: Session,
    endpoint_url: str | None,
    region: str | None,
    profile: str | None,
    prefix: str | None,
) -> Database:
    """The database that the options name. Raises ConfigError and UsageError."""
    from botocore.exceptions import BotoCoreError

    from kxmodel.errors import UsageError
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.run.database import connect

    names = Names(session.config.table_prefix if prefix is None else prefix)
    try:
        return connect(ClientSettings(endpoint_url, region, profile), names)
    except (BotoCoreError, ValueError) as error:  # an unknown profile, an endpoint that is no URL
        raise UsageError(
            f"no client can be made: {error}", fix="Correct --endpoint-url, --region or --profile."
        ) from None


def open_folder(session: Session) -> Folder:
    """The project's migrations. Raises MigrationFileError and ConfigError."""
    from kxmodel.migrate.files import load_folder

    return load_folder(session.config.migrations)
