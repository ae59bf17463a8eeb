"""`bind`: which DynamoDB the models talk to.

The binding is one for the whole process and not a context variable: PynamoDB's models are classes,
shared by all threads, and a web server or a Lambda that binds at start wants its worker threads and
tasks to see it, none of which inherit a context variable that was set elsewhere. What differs from
request to request (the tenant) is an argument of the call and never a binding.

Neither importing this module nor binding opens a connection or makes a client.
"""

from __future__ import annotations

import os
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, WeakSet

from kxmodel.runtime.aio.workers import Workers
from kxmodel.runtime.bind_options import BindOptions, check, with_one_identity
from kxmodel.runtime.client import ClientSettings, has_credentials, make_client
from kxmodel.runtime.collector import collector_paused
from kxmodel.runtime.pynamodb_private import setting

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from botocore.client import BaseClient

    from kxmodel.runtime.client import Session
    from kxmodel.runtime.connection import KxTableConnection
    from kxmodel.runtime.seal import CursorKey, Seal


class Keep(Enum):
    """The type of `KEEP`."""

    KEEP = "keep"

    def __repr__(self) -> str:
        return "KEEP"


#: The default of every argument of `bind`: what the current binding has.
KEEP: Final = Keep.KEEP


class Binding:
    """What `bind` returns: in force already, and a context manager that restores what was before."""

    def __init__(self, options: BindOptions, seal: Seal | None) -> None:
        self._options = options
        self._replaced: Binding | None = None
        self._clients: dict[ClientSettings, BaseClient] = {}
        self._lock = Lock()
        self.workers = Workers(
            options.aio_workers or options.max_pool_connections or setting("max_pool_connections")
        )
        """The threads that asynchronous operations run in."""
        self.seal = seal
        """What encrypts cursors, or None."""
        self.tables: WeakKeyDictionary[type, KxTableConnection] = WeakKeyDictionary()
        """Model class -> its connection under this binding."""
        _all.add(self)

    @property
    def endpoint_url(self) -> str | None:
        """The endpoint, or None: as the AWS configuration says."""
        return self._options.endpoint_url

    @property
    def region(self) -> str | None:
        """The AWS region, or None: as the AWS configuration says."""
        return self._options.region

    @property
    def table_prefix(self) -> str:
        """What stands before every declared table name."""
        return self._options.table_prefix or ""

    @property
    def settings(self) -> ClientSettings:
        """What a client of this binding is made from."""
        options = self._options
        return ClientSettings(
            endpoint_url=options.endpoint_url,
            region=options.region,
            aws_access_key_id=options.aws_access_key_id,
            aws_secret_access_key=options.aws_secret_access_key,
            aws_session_token=options.aws_session_token,
            connect_timeout=options.connect_timeout,
            read_timeout=options.read_timeout,
            max_attempts=options.max_attempts,
            max_pool_connections=options.max_pool_connections,
        )

    def client(self, settings: ClientSettings | None = None) -> BaseClient:
        """The botocore client, made on first use and shared by all models and threads.

        settings: those of a model whose Meta says something of its own.
        Raises BindError (KX431) where no region is known.
        """
        settings = settings or self.settings
        client = self._clients.get(settings)
        if client is None or not has_credentials(client):
            with self._lock:
                client = self._clients.get(settings)
                if client is None or not has_credentials(client):
                    # A client without credentials never looks for them again, and a metadata
                    # service may have failed only once: hence a new client, as PynamoDB does.
                    client = self._make(settings)
                    self._clients[settings] = client
        return client

    def _make(self, settings: ClientSettings) -> BaseClient:
        session = self._options.session
        if session is None:
            with collector_paused():
                return make_client(settings, None)
        # Sessions are not safe to make clients from in several threads, and this one may be bound
        # several times (https://boto3.amazonaws.com/v1/documentation/api/latest/guide/session.html).
        with _session_lock, collector_paused():
            return make_client(settings, session)

    def close(self) -> None:
        """Close idle connections and threads. The binding stays usable: it makes new ones when needed."""
        self.workers.close()
        for client in list(self._clients.values()):
            client.close()

    def __enter__(self) -> Self:
        with _state_lock:
            before = _state.current
            if before is self:
                before = self._replaced or self
            self._replaced = None
            _state.frames.append(_Frame(self, before))
            _state.current = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Restore what was before; if others were entered since and not left, they stay in force."""
        with _state_lock:
            frames = _state.frames
            at = max(i for i, frame in enumerate(frames) if frame.binding is self)
            if at == len(frames) - 1:
                _state.current = frames[at].before
            else:
                frames[at + 1].before = frames[at].before
            del frames[at]
            in_use = _state.current is self or any(frame.binding is self for frame in frames)
        if not in_use:
            self.close()

    def __repr__(self) -> str:
        return repr(self._options).replace("BindOptions", "Binding", 1)

    def _forget_clients(self) -> None:
        """After a fork: sockets must not be shared with the parent, and its threads are not here."""
        self._clients = {}
        self._lock = Lock()
        self.workers.forget()


class _Frame:
    """A binding that was entered, and what its exit restores."""

    def __init__(self, binding: Binding, before: Binding) -> None:
        self.binding = binding
        self.before = before


class _State:
    def __init__(self) -> None:
        self.current = Binding(BindOptions(), None)
        self.frames: list[_Frame] = []


_all: WeakSet[Binding] = WeakSet()
_state_lock = Lock()
_session_lock = Lock()
_state = _State()


def current() -> Binding:
    """The binding in force."""
    return _state.current


def bind(
    *,
    endpoint_url: str | Keep | None = KEEP,
    region: str | Keep | None = KEEP,
    table_prefix: str | Keep | None = KEEP,
    session: Session | Keep | None = KEEP,
    aws_access_key_id: str | Keep | None = KEEP,
    aws_secret_access_key: str | Keep | None = KEEP,
    aws_session_token: str | Keep | None = KEEP,
    cursor_key: CursorKey | Keep | None = KEEP,
    connect_timeout: float | Keep | None = KEEP,
    read_timeout: float | Keep | None = KEEP,
    max_attempts: int | Keep | None = KEEP,
    max_pool_connections: int | Keep | None = KEEP,
    aio_workers: int | Keep | None = KEEP,
) -> Binding:
    """Say which DynamoDB all models of this process talk to, connected ones included.

    It takes effect at once; ``with kxmodel.bind(...):`` restores at its end what was before. What
    is not named stays as the current binding has it, so that binding one thing inside a test's
    binding cannot lead to another endpoint; None returns it to the default.

    endpoint_url: e.g. ``http://localhost:8000``. By default AWS_ENDPOINT_URL_DYNAMODB,
        AWS_ENDPOINT_URL or the profile, else AWS. For an endpoint on a loopback address, where
        nothing else is configured, made-up credentials and the region us-east-1 are used.
    region: by default AWS_DEFAULT_REGION, the profile, or AWS_REGION.
    table_prefix: put before every declared table name, e.g. ``dev-``.
    session: a boto3 or botocore session to make the client from. It replaces credentials bound
        before; together with credentials it is refused. Its default client configuration comes
        before the defaults named here.
    aws_access_key_id, aws_secret_access_key, aws_session_token: credentials; they replace a
        session bound before.
    cursor_key: one or several keys as `Fernet.generate_key()` makes them: cursors are encrypted
        under the first and read under all, and unencrypted ones are refused.
    connect_timeout, read_timeout: seconds, by default 15 and 30 (PynamoDB's settings).
    max_attempts: how often one request is sent at most, the first time included; by default as
        AWS_MAX_ATTEMPTS and AWS_RETRY_MODE say.
    max_pool_connections: by default 10 (PynamoDB's settings).
    aio_workers: how many threads `Model.aio` works in at most; what finds none free waits. By
        default as many as `max_pool_connections`: with more, connections are not kept.

    Raises BindError where an argument cannot be used; the current binding is then unchanged.
    """
    arguments: dict[str, object] = {
        name: value
        for name, value in {
            "endpoint_url": endpoint_url,
            "region": region,
            "table_prefix": table_prefix,
            "session": session,
            "aws_access_key_id": aws_access_key_id,
            "aws_secret_access_key": aws_secret_access_key,
            "aws_session_token": aws_session_token,
            "cursor_key": cursor_key,
            "connect_timeout": connect_timeout,
            "read_timeout": read_timeout,
            "max_attempts": max_attempts,
            "max_pool_connections": max_pool_connections,
            "aio_workers": aio_workers,
        }.items()
        if value is not KEEP
    }
    named = with_one_identity(arguments)
    new_seal = None
    if cursor_key is not None and cursor_key is not KEEP:
        from kxmodel.runtime.seal import Seal

        new_seal = Seal(cursor_key)
    with _state_lock:
        before = _state.current
        options = before._options._replace(**named)  # type: ignore[arg-type]  # checked just below
        check(options)
        binding = Binding(options, before.seal if cursor_key is KEEP else new_seal)
        # A plain bind() after another leaves only the last one to go back to, not a growing chain.
        before._replaced = None
        binding._replaced = before
        _state.current = binding
    return binding


def _after_fork() -> None:
    global _state_lock, _session_lock
    _state_lock, _session_lock = Lock(), Lock()
    for binding in list(_all):
        binding._forget_clients()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
