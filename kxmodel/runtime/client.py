"""Making a botocore client for DynamoDB."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlsplit

from kxmodel.errors import BindError
from kxmodel.runtime.bind_options import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol, TypeAlias

    import botocore.session
    from botocore.awsrequest import AWSRequest
    from botocore.client import BaseClient
    from botocore.config import Config

    class Boto3Session(Protocol):
        """What is used of a boto3 session."""

        # Not typed further: boto3's stubs overload it for every service there is.
        @property
        def client(self) -> Any: ...

    #: What `bind` takes as a session.
    Session: TypeAlias = "Boto3Session | botocore.session.Session"

_SERVICE = "dynamodb"

# What a newcomer's local DynamoDB is signed with; the engines take anything.
_LOCAL_CREDENTIALS = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
_LOCAL_REGION = "us-east-1"


class ClientSettings(NamedTuple):
    """What a client is made from. Equal settings share one client. Timeouts are in seconds."""

    endpoint_url: str | None = None
    region: str | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_session_token: str | None = None
    connect_timeout: float | None = None
    read_timeout: float | None = None
    max_attempts: int | None = None
    max_pool_connections: int | None = None
    extra_headers: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return shown(self)


def make_client(settings: ClientSettings, session: Session | None) -> BaseClient:
    """A client for DynamoDB. Raises BindError (KX431) where no region is known."""
    import botocore.session
    from botocore.exceptions import NoRegionError

    from kxmodel.runtime.pynamodb_private import settings_file
    from kxmodel.wire.install import (
        install_in_client,
        install_in_session,
        install_serializer,
        install_short_call,
    )

    ours = session is None
    session = botocore.session.Session() if session is None else session
    inner = _botocore_session(session)
    endpoint = settings.endpoint_url or settings_file("host")
    region = settings.region or settings_file("region")
    credentials = {
        name: value
        for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
        if (value := getattr(settings, name)) is not None
    }
    own = None if inner is None else inner.get_default_client_config()
    if inner is not None:
        region = region or getattr(own, "region_name", None) or inner.get_config_variable("region")
        region = region or os.environ.get("AWS_REGION")
        if is_loopback(endpoint or _configured_endpoint(inner)):
            region = region or _LOCAL_REGION
            if ours:
                # Nobody's local endpoint is signed with a machine's role, and where there is no
                # such role, asking the metadata service for it takes seconds.
                inner.get_component("credential_provider").remove("iam-role")
            if not credentials and inner.get_credentials() is None:
                credentials = _LOCAL_CREDENTIALS
    if ours and inner is not None:
        install_in_session(inner)
    make = getattr(session, "create_client", None) or cast("Boto3Session", session).client
    try:
        client: BaseClient = make(
            _SERVICE,
            region_name=region,
            endpoint_url=endpoint,
            config=_config(settings, own),
            **credentials,
        )
    except NoRegionError:
        raise BindError("no AWS region is known", code="KX431") from None
    if not ours:
        install_in_client(client)
    install_serializer(client)
    headers = dict(settings.extra_headers) or settings_file("extra_headers")
    install_short_call(client, *_add_headers(client, headers))
    return client


def has_credentials(client: BaseClient) -> bool:
    """Whether a client found credentials when it was made."""
    signer = getattr(client, "_request_signer", None)
    return signer is None or getattr(signer, "_credentials", None) is not None


def is_loopback(url: str | None) -> bool:
    """Whether a URL's host is this machine's loopback interface, by its name or address."""
    host = urlsplit(url).hostname if url else None
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, section 6.3
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _config(settings: ClientSettings, session: Config | None) -> Config:
    """What the client is set up with: what is bound, else what the session says, else PynamoDB's settings.

    session: the default configuration of the user's own session.
    """
    from botocore.config import Config

    from kxmodel.runtime.pynamodb_private import retry_settings, setting, settings_file

    names = {
        "connect_timeout": "connect_timeout_seconds",
        "read_timeout": "read_timeout_seconds",
        "max_pool_connections": "max_pool_connections",
    }
    said: dict[str, Any] = {
        name: value
        for name, theirs in names.items()
        if (value := getattr(settings, name) or settings_file(theirs)) is not None
    }
    attempts = settings.max_attempts
    retries = {"total_max_attempts": attempts} if attempts is not None else retry_settings()
    if retries is not None:
        said["retries"] = {**(getattr(session, "retries", None) or {}), **retries}
    # As PynamoDB does: the requests are built by code, and DynamoDB checks them anyway.
    config = Config(parameter_validation=False, **{n: setting(t) for n, t in names.items()})
    return config.merge(session or Config()).merge(Config(**said))


def _botocore_session(session: Session) -> botocore.session.Session | None:
    """The botocore session behind what the user gave, or None if it is neither kind."""
    import botocore.session

    # boto3 keeps it in `_session` and has no public name for it.
    for candidate in (session, getattr(session, "_session", None)):
        if isinstance(candidate, botocore.session.Session):
            return candidate
    return None


def _configured_endpoint(session: botocore.session.Session) -> str | None:
    """The endpoint that botocore's variables and files name, found the way botocore finds it."""
    from botocore.configprovider import ConfiguredEndpointProvider

    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return None
    provider = ConfiguredEndpointProvider(
        full_config=session.full_config,
        scoped_config=session.get_scoped_config(),
        client_name=_SERVICE,
    )
    return cast("str | None", provider.provide())


def _add_headers(client: BaseClient, headers: dict[str, str] | None) -> list[Callable[..., None]]:
    """Have every request carry `headers`; the handlers that see to it."""
    if not headers:
        return []

    def add(request: AWSRequest, **_: object) -> None:
        for name, value in headers.items():
            request.headers[name] = value

    client.meta.events.register_first("before-send.*.*", add)
    return [add]
