"""The arguments of `bind`, and what makes them usable."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kxmodel.errors import BindError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from kxmodel.runtime.client import Session
    from kxmodel.runtime.seal import CursorKey

#: DynamoDB's characters of table names, and their greatest length (naming rules:
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
_PREFIX = frozenset("_.-").union(string.ascii_letters, string.digits)
_MAX_PREFIX = 252


#: The arguments that no repr and no message may show.
SECRET = frozenset(
    {"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "cursor_key"}
)


class BindOptions(NamedTuple):
    """The arguments of `bind`; None: as PynamoDB's settings and the AWS configuration say."""

    endpoint_url: str | None = None
    region: str | None = None
    table_prefix: str | None = None
    session: Session | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_session_token: str | None = None
    cursor_key: CursorKey | None = None
    connect_timeout: float | None = None
    read_timeout: float | None = None
    max_attempts: int | None = None
    max_pool_connections: int | None = None
    aio_workers: int | None = None

    def __repr__(self) -> str:
        return shown(self)


def shown(settings: NamedTuple) -> str:
    """What is set and no secret, as the arguments of a call."""
    said = (
        f"{name}={value!r}"
        for name, value in zip(settings._fields, settings, strict=True)
        if name not in SECRET and value is not None
    )
    return f"{type(settings).__name__}({', '.join(said)})"


_CREDENTIALS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")


def with_one_identity(named: dict[str, object]) -> dict[str, object]:
    """The arguments with a session and credentials replacing each other."""
    credentials = [name for name in _CREDENTIALS if named.get(name) is not None]
    if credentials:
        if named.get("session") is not None:
            raise BindError(
                f"session and {credentials[0]} are both given, and a session has its own credentials"
            )
        return {**dict.fromkeys(_CREDENTIALS), "session": None, **named}
    if named.get("session") is not None:
        return {**named, **dict.fromkeys(_CREDENTIALS)}
    return named


def check(options: BindOptions) -> None:
    for name, value in zip(options._fields, options, strict=True):
        if value is None or name in ("session", "cursor_key"):
            continue
        if name in ("connect_timeout", "read_timeout"):
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise BindError(f"{name} is {shorten(value)}; it is seconds, more than 0")
        elif name in ("max_attempts", "max_pool_connections", "aio_workers"):
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise BindError(f"{name} is {shorten(value)}; it is a whole number from 1 on")
        elif not isinstance(value, str):
            raise BindError(f"{name} is {type(value).__name__} instead of text")
        elif not value and name != "table_prefix":
            raise BindError(f"{name} is empty", fix="Leave it out, or give it a value.")
    _check_endpoint(options.endpoint_url)
    _check_prefix(options.table_prefix or "")
    if (options.aws_access_key_id is None) != (options.aws_secret_access_key is None):
        raise BindError("aws_access_key_id and aws_secret_access_key are only valid together")
    if options.aws_session_token is not None and options.aws_access_key_id is None:
        raise BindError("aws_session_token is only valid with the key that it belongs to")
    session = options.session
    if session is not None and not (
        hasattr(session, "client") or hasattr(session, "create_client")
    ):
        raise BindError(
            f"session is {type(session).__name__}, which is neither a boto3 nor a botocore session"
        )


def _check_endpoint(url: str | None) -> None:
    if url is None:
        return
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise BindError(
            f"endpoint_url is {shorten(url)}, which is no URL of a web server",
            fix="Write it with its scheme, like http://localhost:8000.",
        )


def _check_prefix(prefix: str) -> None:
    if not _PREFIX.issuperset(prefix):
        raise BindError(
            f"table_prefix is {shorten(prefix)}, which cannot be part of a table's name",
            fix="Use letters and digits of ASCII, and _ . -",
        )
    if len(prefix) > _MAX_PREFIX:
        raise BindError(
            f"table_prefix has {len(prefix)} characters, and a table's name at most 255"
        )
