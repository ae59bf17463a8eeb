"""What the short way touches of botocore and urllib3 beyond their documented interfaces, all in this place.

Written for botocore 1.35 to 1.44 with urllib3 1.26 and 2. `parts` looks at a client before anything relies on
it; of what is not as known it raises `NotAsKnown`, and the client goes botocore's own way.
"""

from __future__ import annotations

import datetime
import http.client
import inspect
from operator import is_not
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import botocore
import botocore.awsrequest
import botocore.client
import botocore.compat
import botocore.discovery
import botocore.endpoint
import botocore.handlers
import botocore.retries.standard
import botocore.retryhandler
import botocore.useragent
from botocore.auth import SigV4Auth
from botocore.auth import _host_from_url as host_of  # type: ignore[attr-defined]  # no part of the stubs
from botocore.history import get_global_history_recorder
from botocore.hooks import EventAliaser, HierarchicalEmitter
from botocore.httpsession import URLLib3Session
from botocore.signers import RequestSigner
from urllib3._collections import HTTPHeaderDict
from urllib3.connectionpool import HTTPConnectionPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPConnection

_now: Final = getattr(botocore.compat, "get_current_datetime", None)


def utc_now() -> datetime.datetime:
    """The time that botocore signs a request with now."""
    if _now is None:  # before botocore 1.39
        return datetime.datetime.now(datetime.UTC)
    now: datetime.datetime = _now()
    return now


#: Whether a body that ends early is an answer (1.44) or a broken connection (1.43.0), as botocore tells urllib3.
SHORT_BODIES: Final = any(
    isinstance(names, tuple) and "enforce_content_length" in names
    for names in URLLib3Session.send.__code__.co_consts
)


class NotAsKnown(Exception):
    """This botocore or urllib3 keeps elsewhere what the short way needs; the text says what."""


class Parts(NamedTuple):
    """What a client consists of."""

    emitter: HierarchicalEmitter
    signer: RequestSigner
    session: URLLib3Session


#: What sends a request and what people replace to see it: tracers wrap these, tests mock them.
_REPLACEABLE: Final = (
    (botocore.client.BaseClient, "_make_api_call"),
    (botocore.client.BaseClient, "_make_request"),
    (botocore.client.BaseClient, "_convert_to_request_dict"),
    (botocore.endpoint.Endpoint, "make_request"),
    (botocore.endpoint.Endpoint, "create_request"),
    (botocore.endpoint.Endpoint, "prepare_request"),
    (botocore.endpoint.Endpoint, "_encode_headers"),
    (botocore.endpoint.Endpoint, "_send_request"),
    (botocore.endpoint.Endpoint, "_get_response"),
    (botocore.endpoint.Endpoint, "_do_get_response"),
    (botocore.endpoint.Endpoint, "_send"),
    (RequestSigner, "handler"),
    (RequestSigner, "sign"),
    (SigV4Auth, "add_auth"),
    (URLLib3Session, "send"),
    (HTTPConnectionPool, "urlopen"),
    (HTTPConnectionPool, "_make_request"),
    (botocore.awsrequest.AWSConnection, "request"),
    (botocore.awsrequest.AWSConnection, "send"),
    (http.client.HTTPConnection, "request"),
    (http.client.HTTPConnection, "putrequest"),
    (http.client.HTTPConnection, "send"),
    (http.client.HTTPConnection, "getresponse"),
)
_HOMES: Final = tuple(
    str(Path(inspect.getfile(home)).parent) for home in (botocore, HTTPConnectionPool, http.client)
)
_CONNECTIONS: Final = (
    botocore.awsrequest.AWSHTTPConnection,
    botocore.awsrequest.AWSHTTPSConnection,
)
_HISTORY: Final[Any] = get_global_history_recorder()


def _handler(module: Any, *path: str) -> Any:
    """A function by its name, or what no handler is where this botocore has none."""
    found = module
    for name in path:
        found = getattr(found, name, None)
    return found if found is not None else object()


_RELEASE: Final = _handler(botocore.retries.standard, "RetryQuotaChecker", "release_retry_quota")

#: Event -> the handlers of it whose work the short way does as well; an event's others lead back to botocore.
HANDLERS: Final[dict[str, tuple[Any, ...]]] = {
    "provide-client-params": (),
    "before-parameter-build": (
        _handler(botocore.handlers, "generate_idempotent_uuid"),
        _handler(botocore.handlers, "_handle_request_validation_mode_member"),
        # It refuses what DynamoDB's operations do not ask for (see `ShortCall`).
        _handler(botocore.discovery, "block_endpoint_discovery_required_operations"),
    ),
    "before-endpoint-resolution": (),
    "before-call": (
        _handler(botocore.handlers, "add_recursion_detection_header"),
        _handler(botocore.handlers, "add_query_compatibility_header"),  # botocore 1.38
        _handler(botocore.handlers, "inject_api_version_header_if_needed"),
    ),
    "request-created": (
        RequestSigner.handler,
        _handler(botocore.useragent, "UserAgentString", "rebuild_and_replace_user_agent_handler"),
        _handler(botocore.retries.standard, "MaxAttemptsSeeder", "seed_max_attempts"),
        _handler(botocore.handlers, "add_retry_headers"),
    ),
    "choose-signer": (
        _handler(botocore.handlers, "set_operation_specific_signer"),
        _handler(botocore.handlers, "_set_auth_scheme_preference_signer"),
    ),
    "before-sign": (),
    "before-send": (),
    "before-parse": (),
    "response-received": (),
    "needs-retry": (
        botocore.retryhandler.RetryHandler,
        _handler(botocore.retries.standard, "RetryHandler", "needs_retry"),
    ),
    "after-call": (_RELEASE,),
    "after-call-error": (),
}


def parts(client: Any) -> Parts:
    """What `client` consists of. Raises NotAsKnown."""
    events = client.meta.events
    emitter = getattr(events, "_emitter", None)
    if type(events) is not EventAliaser or type(emitter) is not HierarchicalEmitter:
        raise NotAsKnown("its events go elsewhere")
    handlers = getattr(emitter, "_handlers", None)
    if not hasattr(emitter, "_lookup_cache") or not hasattr(handlers, "prefix_search"):
        raise NotAsKnown("its event handlers are kept elsewhere")
    signer = getattr(client, "_request_signer", None)
    if type(signer) is not RequestSigner or not hasattr(signer, "_credentials"):
        raise NotAsKnown("its clients sign elsewhere")
    session = getattr(getattr(client, "_endpoint", None), "http_session", None)
    if type(session) is not URLLib3Session:
        raise NotAsKnown("its clients send elsewhere")
    proxies = getattr(session, "_proxy_config", None)
    if not hasattr(session, "_manager") or not hasattr(proxies, "proxy_url_for"):
        raise NotAsKnown("its connections are kept elsewhere")
    if not all(hasattr(HTTPConnectionPool, name) for name in ("_get_conn", "_put_conn")):
        raise NotAsKnown("urllib3 keeps its connections elsewhere")
    return Parts(emitter, signer, session)


def registrations(emitter: HierarchicalEmitter) -> object:
    """An object that another takes the place of whenever a handler comes or goes."""
    return emitter._lookup_cache  # type: ignore[attr-defined]  # no part of the stubs


def strangers(emitter: HierarchicalEmitter, operation: str, ours: tuple[Any, ...]) -> list[Any]:
    """The handlers of an operation's events that are neither botocore's own, as known, nor ours, nor asleep."""
    found = []
    for event, known in HANDLERS.items():
        handlers: Any = emitter._handlers.prefix_search(  # type: ignore[attr-defined]  # no part of the stubs
            f"{event}.dynamodb.{operation}"
        )
        for handler in handlers:
            named = getattr(handler, "__func__", handler)
            kind = type(handler)
            if event == "before-send" and is_sleeper(handler):
                continue
            if not any(one is named or one is kind or one is handler for one in (*known, *ours)):
                found.append(handler)
    return found


def is_sleeper(handler: Any) -> bool:
    """Whether a handler does nothing until it is `enabled`: moto's, from when moto is imported."""
    kind = type(handler)
    return kind.__module__ == "moto.core.botocore_stubber" and hasattr(handler, "enabled")


def sleepers(emitter: HierarchicalEmitter, operation: str) -> tuple[Any, ...]:
    """The handlers of an operation's events that are sleepers."""
    handlers: Any = emitter._handlers.prefix_search(  # type: ignore[attr-defined]  # no part of the stubs
        f"before-send.dynamodb.{operation}"
    )
    return tuple(filter(is_sleeper, handlers))


def releases(emitter: HierarchicalEmitter, operation: str) -> Callable[..., object] | None:
    """What hands a success back to the quota of retries, where the retry mode has one."""
    handlers: Any = emitter._handlers.prefix_search(  # type: ignore[attr-defined]  # no part of the stubs
        f"after-call.dynamodb.{operation}"
    )
    for handler in handlers:
        if getattr(handler, "__func__", None) is _RELEASE:
            found: Callable[..., object] = handler
            return found
    return None


def add_trace(headers: dict[str, str]) -> None:
    """The header by which AWS finds Lambda functions that call each other for ever."""
    botocore.handlers.add_recursion_detection_header(params={"headers": headers})


def _own(function: Any) -> bool:
    """Whether a function is that of its library, wrapped by nobody else."""
    while function is not None:
        # Not `isinstance`: what wraps a function may pose as one.
        if type(function) is not FunctionType:
            return False
        if not function.__code__.co_filename.startswith(_HOMES):
            return False
        function = vars(function).get("__wrapped__")
    return True


def _sending() -> tuple[Any, ...]:
    return tuple([getattr(owner, name, None) for owner, name in _REPLACEABLE])


_FIRST: Final = _sending()
_FIRST_IS_OWN: Final = all(_own(function) for function in _FIRST if function is not None)


def is_watched() -> bool:
    """Whether somebody replaced a function that sends requests, or records what botocore does."""
    # Not by equality, since what wraps a function may equal it.
    return (
        not _FIRST_IS_OWN
        or any(map(is_not, _sending(), _FIRST))
        or getattr(_HISTORY, "_enabled", False)
    )


def ordinary(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
    """The call as botocore makes it."""
    return type(client)._make_api_call(client, operation, parameters)


def credentials(signer: RequestSigner) -> Any:
    """The credentials that a request is signed with now, refreshed where that is due; None: there are none."""
    found: Any = signer._credentials  # type: ignore[attr-defined]  # no part of the stubs
    return None if found is None else found.get_frozen_credentials()


def serialized(client: Any, parameters: dict[str, Any], operation: Any) -> bytes:
    """The body of a request as the client's serialiser makes it."""
    body: bytes = client._serializer.serialize_to_request(parameters, operation)["body"]
    return body


def pool(session: URLLib3Session, url: str) -> HTTPConnectionPool | None:
    """The connections to an endpoint; None where a proxy is between."""
    inner: Any = session
    if inner._proxy_config.proxy_url_for(url) is not None:
        return None
    found: HTTPConnectionPool = inner._manager.connection_from_url(url)
    return found


def take(connections: HTTPConnectionPool) -> HTTPConnection | None:
    """An open connection, taken out of the pool; None where one has to be opened first."""
    if getattr(connections, "pool", None) is None:
        return None  # it was closed meanwhile
    found: Any = connections._get_conn()
    if (
        type(found) in _CONNECTIONS
        and found.sock is not None
        and (connections.scheme == "http" or getattr(found, "is_verified", False))
    ):
        taken: HTTPConnection = found
        return taken
    connections._put_conn(found)
    return None


def give_back(connections: HTTPConnectionPool, connection: HTTPConnection | None) -> None:
    """Put a connection back; None: it is closed, and another may be opened in its place."""
    connections._put_conn(connection)  # type: ignore[arg-type]  # it came from there


__all__ = [
    "HANDLERS",
    "HTTPHeaderDict",
    "NotAsKnown",
    "Parts",
    "SHORT_BODIES",
    "add_trace",
    "credentials",
    "give_back",
    "host_of",
    "is_watched",
    "ordinary",
    "parts",
    "pool",
    "registrations",
    "releases",
    "serialized",
    "sleepers",
    "strangers",
    "take",
    "utc_now",
]
