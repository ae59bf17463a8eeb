"""Tables of one test: a prefix that nobody else has, and their removal."""

from __future__ import annotations

import contextlib
import os
import uuid
from typing import TYPE_CHECKING, NotRequired, Protocol, TypedDict, cast

from botocore.exceptions import ClientError

from kxmodel.runtime.client import ClientSettings, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from kxmodel.engines import RunningEngine

#: The region of every test.
REGION = "us-east-1"

#: Credentials of nobody, for engines that check none.
DUMMY = {"AWS_ACCESS_KEY_ID": "kxmodel", "AWS_SECRET_ACCESS_KEY": "not-a-secret"}

#: Variables that could bring in the user's own credentials.
_OWN = ("AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")


class _Names(TypedDict):
    TableNames: list[str]
    LastEvaluatedTableName: NotRequired[str]


class _Client(Protocol):
    """What is used of botocore's client, whose methods are made at run time."""

    def list_tables(self, **start: str) -> _Names: ...
    def delete_table(self, *, TableName: str) -> object: ...
    def update_table(self, *, TableName: str, DeletionProtectionEnabled: bool) -> object: ...
    def close(self) -> None: ...


def new_prefix() -> str:
    """A table prefix that no other test has, e.g. ``t-4f1d0c9be2a7-``."""
    return f"t-{uuid.uuid4().hex[:12]}-"


@contextlib.contextmanager
def credentials(engine: RunningEngine, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """For the block, the environment holds credentials of nobody, unless the engine checks them.

    The user's own never reach an engine that does not need them.
    """
    with patch.context() as inner:
        if not engine.quirks.checks_credentials:
            for name in _OWN:
                inner.delenv(name, raising=False)
            for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
                inner.setenv(name, os.devnull)
            for name, value in DUMMY.items():
                inner.setenv(name, value)
        yield


def drop_tables(endpoint_url: str, prefix: str) -> list[str]:
    """Delete every table whose name starts with `prefix`, also protected ones; returns the names.

    Credentials are taken from the environment. Raises botocore's ClientError.
    """
    if not prefix:
        raise ValueError("an empty prefix would delete every table")
    client = cast("_Client", make_client(ClientSettings(endpoint_url, REGION), None))
    with contextlib.closing(client):
        names = [name for name in _table_names(client) if name.startswith(prefix)]
        for name in names:
            _drop(client, name)
    return names


def _table_names(client: _Client) -> Iterator[str]:
    start: dict[str, str] = {}
    while True:
        page = client.list_tables(**start)
        yield from page["TableNames"]
        if not (last := page.get("LastEvaluatedTableName")):
            return
        start = {"ExclusiveStartTableName": last}


def _drop(client: _Client, name: str) -> None:
    try:
        client.delete_table(TableName=name)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "ResourceNotFoundException":  # another client was quicker
            return
        if code != "ValidationException":
            raise
        client.update_table(TableName=name, DeletionProtectionEnabled=False)
        client.delete_table(TableName=name)
