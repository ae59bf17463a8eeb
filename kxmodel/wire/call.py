"""One call of a client for an operation with items, sent the short way.

The short way is taken for a first attempt only. What it brings back other than a good answer goes into
botocore's own loop as the first attempt's outcome: there it is judged, counted and retried, and from
there come all errors.
"""

from __future__ import annotations

import logging
import os
import threading
import uuid
import weakref
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from botocore.awsrequest import AWSPreparedRequest, HeadersDict

from kxmodel.wire import private
from kxmodel.wire.encode import encode
from kxmodel.wire.exchange import Answer, exchange
from kxmodel.wire.items import ItemByItem, stream
from kxmodel.wire.parser import ITEM_OUTPUTS, read
from kxmodel.wire.sign import Form, OtherKind

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from botocore.awsrequest import AWSResponse
    from botocore.client import BaseClient
    from urllib3.connectionpool import HTTPConnectionPool

_LOGS: Final = tuple(
    logging.getLogger(name)
    for name in (
        "botocore.auth",
        "botocore.endpoint",
        "botocore.hooks",
        "botocore.parsers",
        "botocore.retryhandler",
        "urllib3.connectionpool",
    )
)
_OK: Final = 200
#: As much of a good response as the quota of retries looks at.
_GOOD: Final = SimpleNamespace(status_code=_OK)


class _Operation(NamedTuple):
    """What is known of an operation while a client's handlers stay as they are."""

    model: Any
    takes: Set[str]
    gives: Set[str]
    tokens: tuple[str, ...]
    """The parameters that botocore makes up where they are missing."""
    release: Callable[..., object] | None
    """What hands a success back to the quota of retries."""
    sleepers: tuple[Any, ...]
    """Handlers that do nothing while they are not `enabled`."""


class _Attempts(threading.local):
    """What one thread is doing in a client, and what its events make of that.

    It knows no client, which would else hold itself and its connections until the garbage collector comes.
    """

    outcome: AWSResponse | Exception | None = None
    """Of a first attempt that was made already."""
    invocation: str = ""
    watching: bool = False
    request: AWSPreparedRequest | None = None
    """While watching, the first request that botocore made."""

    def before_call(self, context: dict[str, Any], **_: object) -> None:
        """The attempts of a call have one name, the first one included."""
        if self.outcome is not None:
            context.setdefault("retries", {})["invocation-id"] = self.invocation

    def before_send(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """What botocore sends, or the outcome of the attempt that was made."""
        outcome, self.outcome = self.outcome, None
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is None and self.watching and self.request is None:
            self.request = request
        return outcome


class ShortCall:
    """A client's `_make_api_call`, with the same arguments, answers and errors.

    warn: told once why, should this botocore's requests not be as expected.
    handlers: of the client's events, which do the same to every request.
    Raises NotAsKnown where the client itself is not.
    """

    def __init__(
        self, client: BaseClient, warn: Callable[[str], None], handlers: tuple[Any, ...] = ()
    ) -> None:
        self._client = weakref.ref(client)
        self._warn = warn
        self._emitter, self._signer, self._http = private.parts(client)
        self._attempts = _Attempts()
        before_call, before_send = self._attempts.before_call, self._attempts.before_send
        self._ours = (*handlers, before_call, before_send)
        events: Any = client.meta.events
        events.register_first("before-call.dynamodb", before_call)
        events.register_last("before-send.dynamodb", before_send)
        self._known: tuple[object, dict[str, _Operation | None]] = (None, {})
        self._forms: dict[tuple[str | None, bool], Form] = {}
        self._refused = False
        self._pools: dict[str, weakref.ref[HTTPConnectionPool] | None] = {}
        config: Any = client.meta.config
        retries = config.retries or {}
        # In the standard mode a first attempt that is the last one says so, good or not.
        self._only_attempt = (
            retries.get("mode") == "standard" and retries.get("total_max_attempts") == 1
        )

    def __call__(self, operation_name: str, api_params: dict[str, Any]) -> Any:
        """The answer of an operation. Raises what botocore raises."""
        operation = self._plain(operation_name)
        if operation is None:
            return self._ordinary(operation_name, api_params)
        if not self._forms:
            # Credentials are fetched in there: botocore's user agent says where from.
            return self._learn(operation_name, api_params)
        signing = private.credentials(self._signer)
        if signing is None:
            return self._ordinary(operation_name, api_params)
        form = self._forms.get(_account(signing))
        if form is None:
            return self._learn(operation_name, api_params)
        for token in operation.tokens:
            if token not in api_params:
                api_params[token] = str(uuid.uuid4())
        body = self._body(operation, api_params)
        if body is None or (b'"arn:' in body and _names_arn(api_params)):
            return self._ordinary(operation_name, api_params)
        invocation = str(uuid.uuid4())
        try:
            head = form.head(operation_name, body, signing, invocation, _trace())
        except ValueError:
            return self._ordinary(operation_name, api_params)
        answer = self._attempt(form.url, head, body)
        if isinstance(answer, Exception):
            return self._go_on(operation_name, api_params, answer, invocation)
        parsed = self._parsed(answer, operation, type(api_params) is ItemByItem)
        if parsed is None:
            response = answer.as_response(form.url)
            return self._go_on(operation_name, api_params, response, invocation)
        return parsed

    def _plain(self, name: str) -> _Operation | None:
        """The operation, if nobody would miss what the short way leaves out."""
        if self._refused or private.is_watched():
            return None
        for log in _LOGS:
            if log.isEnabledFor(logging.DEBUG):
                return None
        registered = private.registrations(self._emitter)
        known = self._known
        if known[0] is not registered:
            self._known = known = (registered, {})
        operations = known[1]
        if name not in operations:
            operations[name] = self._operation(name)
        operation = operations[name]
        if operation is not None and any(one.enabled for one in operation.sleepers):
            return None
        return operation

    def _operation(self, name: str) -> _Operation | None:
        model = self._of().meta.service_model.operation_model(name)
        output = model.output_shape
        if output is None or output.name not in ITEM_OUTPUTS:
            return None
        if (model.endpoint_discovery or {}).get("required"):
            return None
        if private.strangers(self._emitter, name, self._ours):
            return None
        return _Operation(
            model,
            model.input_shape.members.keys(),
            output.members.keys(),
            tuple(model.idempotent_members),
            private.releases(self._emitter, name),
            private.sleepers(self._emitter, name),
        )

    def _body(self, operation: _Operation, parameters: dict[str, Any]) -> bytes | None:
        """The request's body; None where serialising fails, which the ordinary way then tells."""
        body = encode(parameters, operation.takes)
        if body is not None:
            return body
        try:
            return private.serialized(self._of(), parameters, operation.model)
        except Exception:
            return None

    def _attempt(self, url: str, head: bytes, body: bytes) -> Answer | Exception:
        """The outcome of the one attempt that is made here."""

        def request() -> AWSPreparedRequest:
            return AWSPreparedRequest("POST", url, _headers(head), body, False)

        try:
            pool = self._pool(url)
            connection = None if pool is None else private.take(pool)
            if pool is None or connection is None:
                # A proxy is between, or a connection has to be opened: botocore's session knows how.
                return Answer.of(self._http.send(request()))
            return exchange(pool, connection, head + body, url, request)
        except Exception as error:
            return error

    def _pool(self, url: str) -> HTTPConnectionPool | None:
        """The open connections to an endpoint; None where a proxy is between."""
        if url in self._pools:
            known = self._pools[url]
            pool = None if known is None else known()
            if known is None or pool is not None:
                return pool
        pool = private.pool(self._http, url)
        # A client that is closed lets go of its pool, and urllib3 closes one that nobody holds.
        self._pools[url] = None if pool is None else weakref.ref(pool)
        return pool

    def _parsed(self, answer: Answer, operation: _Operation, singly: bool) -> Any:
        """A good answer as botocore gives it; None for any other."""
        status, headers, body, _ = answer
        if status != _OK:
            return None
        checksum = headers.get("x-amz-crc32")
        if checksum is not None and checksum != str(crc32(body)):
            return None
        parsed = stream(body, operation.gives) if singly else None
        if parsed is None:
            parsed = read(body, operation.gives)
            if parsed is None:
                return None
        if operation.release is not None:
            operation.release(context={}, http_response=_GOOD)
        metadata: dict[str, Any] = {}
        if "x-amzn-requestid" in headers:
            metadata["RequestId"] = headers["x-amzn-requestid"]
        metadata["HTTPStatusCode"] = status
        metadata["HTTPHeaders"] = headers
        if self._only_attempt:
            metadata["MaxAttemptsReached"] = True
        metadata["RetryAttempts"] = 0
        parsed["ResponseMetadata"] = metadata
        return parsed

    def _go_on(
        self,
        name: str,
        parameters: dict[str, Any],
        outcome: AWSResponse | Exception,
        invocation: str,
    ) -> Any:
        """The ordinary way, whose first attempt is the one that was made."""
        attempts = self._attempts
        attempts.outcome, attempts.invocation = outcome, invocation
        try:
            return self._ordinary(name, parameters)
        finally:
            attempts.outcome = None

    def _ordinary(self, name: str, parameters: dict[str, Any]) -> Any:
        return private.ordinary(self._of(), name, parameters)

    def _of(self) -> Any:
        """The client, which holds this object and not the other way round."""
        return self._client()

    def _learn(self, name: str, parameters: dict[str, Any]) -> Any:
        """The ordinary way, with an eye on what is sent."""
        attempts, registered = self._attempts, self._known[0]
        attempts.watching = True
        try:
            return self._ordinary(name, parameters)
        finally:
            request, attempts.request, attempts.watching = attempts.request, None, False
            if request is not None and private.registrations(self._emitter) is registered:
                self._understand(request)

    def _understand(self, request: AWSPreparedRequest) -> None:
        """Keep the form of a request, if it was signed with the credentials of now."""
        try:
            signing = private.credentials(self._signer)
        except Exception:  # whatever a provider raises, the next call tells
            return
        try:
            form = None if signing is None else Form.of(request, signing)
        except OtherKind:
            self._refused = True
        except private.NotAsKnown as error:
            self._refused = True
            self._warn(str(error))
        else:
            if form is not None:
                self._forms[_account(signing)] = form


def _account(signing: Any) -> tuple[str | None, bool]:
    """What of credentials makes for requests of another form."""
    return getattr(signing, "account_id", None), bool(signing.token)


def _trace() -> str | None:
    """The header that a Lambda function's requests carry."""
    if "AWS_LAMBDA_FUNCTION_NAME" not in os.environ:
        return None
    headers: dict[str, str] = {}
    private.add_trace(headers)
    return headers.get("X-Amzn-Trace-Id")


def _headers(head: bytes) -> Any:
    """A request's headers as botocore has them, without those that http.client writes by itself."""
    lines = head.decode("ascii").split("\r\n")[3:-2]
    pairs = (line.split(": ", 1) for line in lines)
    return HeadersDict([(name, value.encode("ascii")) for name, value in pairs])


def _names_arn(parameters: dict[str, Any]) -> bool:
    """Whether a table is named by its ARN, which may lead to another account's endpoint."""
    names = [parameters.get("TableName"), *parameters.get("RequestItems", ())]
    names += [
        action.get("TableName")
        for entry in parameters.get("TransactItems", ())
        for action in entry.values()
    ]
    return any(isinstance(name, str) and name.startswith("arn:") for name in names)
