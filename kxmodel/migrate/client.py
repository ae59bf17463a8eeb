"""Making the plain botocore client that migrations talk through."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import kxmodel
from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from botocore.config import Config

    from kxmodel.migrate.schema.control import ControlClient

#: What a local DynamoDB is signed with where the machine has no credentials: they take anything.
_NOBODY: Final = "local"
_LOCAL_REGION: Final = "us-east-1"


@dataclass(frozen=True)
class ClientSettings:
    """What a client is made from: plain data without credentials, so that it may travel to a worker.

    endpoint_url, region, profile: as for the AWS command line; None: what the environment says.
    connect_timeout, read_timeout: seconds. connections: requests in flight at once.
    attempts: how often botocore sends one request. One for data, where the engine retries itself and
    has to know how long a request can be under way; more for the control plane.
    """

    endpoint_url: str | None = None
    region: str | None = None
    profile: str | None = None
    connect_timeout: float = 3.0
    read_timeout: float = 10.0
    connections: int = 32
    attempts: int = 1

    @property
    def request_timeout(self) -> float:
        """Seconds after which no request that was sent is still under way."""
        return (self.connect_timeout + self.read_timeout) * self.attempts


def make(settings: ClientSettings) -> ControlClient:
    """A botocore client for DynamoDB.

    An endpoint on this machine needs neither region nor credentials. Raises UsageError KX002 where no
    region is known, and botocore's own errors for an unknown profile.
    """
    return cast("ControlClient", _make("dynamodb", settings)[1])


def make_cloudwatch(settings: ClientSettings) -> Any | None:
    """A client for the alarms of the tables; None where the endpoint is not AWS, which has none."""
    if settings.endpoint_url is not None:
        return None
    dynamodb_url, made = _make("cloudwatch", settings)
    host = urlsplit(dynamodb_url).hostname or ""
    return made if host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws")) else None


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine itself, by its name (RFC 6761, 6.3) or address."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _make(service: str, settings: ClientSettings) -> tuple[str, Any]:
    """The URL at which DynamoDB answers, and the client of `service`."""
    import botocore.session

    from kxmodel.wire.install import install_in_session, install_serializer

    session = botocore.session.Session(profile=settings.profile)
    install_in_session(session)
    region = settings.region or session.get_config_variable("region")
    config = _config(settings)
    # Only botocore knows all the places that can name an endpoint; a client that never sends says it.
    url: str = session.create_client(
        "dynamodb",
        region_name=region or _LOCAL_REGION,
        endpoint_url=settings.endpoint_url,
        config=config,
        aws_access_key_id=_NOBODY,
        aws_secret_access_key=_NOBODY,
    ).meta.endpoint_url
    credential: str | None = None
    if is_loopback(url):
        region = region or _LOCAL_REGION
        # No local endpoint is signed with a machine's role, and asking for one takes seconds.
        session.get_component("credential_provider").remove("iam-role")
        credential = None if session.get_credentials() else _NOBODY
    if region is None:
        raise UsageError(
            "no AWS region is known",
            fix="Give --region, or set AWS_DEFAULT_REGION or a profile with a region.",
        )
    endpoint = settings.endpoint_url if service == "dynamodb" else None
    made = session.create_client(
        service,
        region_name=region,
        endpoint_url=endpoint,
        config=config,
        aws_access_key_id=credential,
        aws_secret_access_key=credential,
    )
    if service == "dynamodb":
        install_serializer(made)
    return url, made


def _config(settings: ClientSettings) -> Config:
    from botocore import __version__ as botocore_version
    from botocore.config import Config

    return Config(
        # The requests are built by code and checked by DynamoDB; checking them here costs CPU.
        parameter_validation=False,
        # Named once: botocore would put its long name together anew for every request.
        user_agent=f"kxmodel/{kxmodel.__version__} Botocore/{botocore_version}",
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        max_pool_connections=settings.connections,
        retries={"total_max_attempts": settings.attempts, "mode": "standard"},
    )
