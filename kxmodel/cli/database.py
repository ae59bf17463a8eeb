"""The options by which several verbs find a database, and the database that they find."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kxmodel.cli.session import Session
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.schema.control import ControlClient

_T = TypeVar("_T")

_OPTIONS = (
    click.option("--endpoint-url", metavar="URL", help="A local DynamoDB; by default AWS's."),
    click.option("--region", help="The AWS region; by default as the AWS tools find it."),
    click.option("--profile", help="The AWS profile; by default as the AWS tools find it."),
    click.option(
        "--prefix", help="Before all tables' names; by default the project's table_prefix."
    ),
)


@dataclass(frozen=True)
class Chosen:
    """The database that the options name."""

    endpoint_url: str | None
    region: str | None
    profile: str | None
    prefix: str | None

    def names(self, session: Session) -> Names:
        """The tables' names there. Raises ConfigError."""
        from kxmodel.migrate.names import Names

        return Names(session.config.table_prefix if self.prefix is None else self.prefix)

    def open(self, session: Session) -> Database:
        """The database, to migrate it. Raises ConfigError and UsageError."""
        from kxmodel.migrate.run.database import connect

        with _told():
            return connect(self._settings(), self.names(session))

    def client(self) -> ControlClient:
        """A client that reads, and asks again where it has to. Raises UsageError."""
        from kxmodel.migrate.client import make

        with _told():
            return make(self._settings(attempts=8))

    def _settings(self, **more: int) -> ClientSettings:
        from kxmodel.migrate.client import ClientSettings

        return ClientSettings(self.endpoint_url, self.region, self.profile, **more)


@contextmanager
def _told() -> Iterator[None]:
    """Tells what options botocore cannot make a client of: an unknown profile, an endpoint that is no URL."""
    from botocore.exceptions import BotoCoreError

    from kxmodel.errors import UsageError

    try:
        yield
    except (BotoCoreError, ValueError) as error:
        raise UsageError(
            f"no client can be made: {error}", fix="Correct --endpoint-url, --region or --profile."
        ) from None


def database_options(command: Callable[..., _T]) -> Callable[..., _T]:
    """Adds the options, which come as the one argument `chosen`."""

    @wraps(command)
    def collected(
        *args: Any,
        endpoint_url: str | None,
        region: str | None,
        profile: str | None,
        prefix: str | None,
        **flags: Any,
    ) -> _T:
        return command(*args, chosen=Chosen(endpoint_url, region, profile, prefix), **flags)

    for option in reversed(_OPTIONS):
        collected = option(collected)
    return collected


def open_folder(session: Session) -> Folder:
    """The project's migrations. Raises MigrationFileError and ConfigError."""
    from kxmodel.migrate.files import load_folder

    return load_folder(session.config.migrations)
