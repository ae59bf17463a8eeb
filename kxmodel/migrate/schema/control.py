"""The control plane of DynamoDB: what is used of a client, and how its refusals are understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from kxmodel.errors import EngineCannot, MigrationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.migrate.clock import Clock

#: A response, as botocore hands it over.
Response: TypeAlias = "Mapping[str, Any]"


class ControlClient(Protocol):
    """What migrations use of a botocore client beside the backfill's writes."""

    def create_table(self, **request: object) -> Response: ...
    def describe_table(self, **request: object) -> Response: ...
    def update_table(self, **request: object) -> Response: ...
    def delete_table(self, **request: object) -> Response: ...
    def describe_time_to_live(self, **request: object) -> Response: ...
    def update_time_to_live(self, **request: object) -> Response: ...
    def describe_continuous_backups(self, **request: object) -> Response: ...
    def update_continuous_backups(self, **request: object) -> Response: ...
    def describe_global_table(self, **request: object) -> Response: ...
    def describe_kinesis_streaming_destination(self, **request: object) -> Response: ...
    def list_tags_of_resource(self, **request: object) -> Response: ...
    def tag_resource(self, **request: object) -> Response: ...
    def untag_resource(self, **request: object) -> Response: ...
    def scan(self, **request: object) -> Response: ...
    def query(self, **request: object) -> Response: ...
    def get_item(self, **request: object) -> Response: ...
    def put_item(self, **request: object) -> Response: ...
    def update_item(self, **request: object) -> Response: ...
    def transact_write_items(self, **request: object) -> Response: ...


#: Refusals that pass by themselves. "Only 1 online index can be created or deleted simultaneously
#: per table" and the account's limit on simultaneous changes are LimitExceededException; a table that
#: is being changed is ResourceInUseException
#: (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html#API_UpdateTable_Errors).
BUSY: Final = frozenset(
    {
        "LimitExceededException",
        "ResourceInUseException",
        "InternalServerError",
        "ThrottlingException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "TransactionConflictException",
        "ProvisionedThroughputExceededException",
    }
)

#: Seconds after which an endpoint that never answers is taken to be the wrong one.
_UNREACHABLE: Final = 20.0

#: How an endpoint says that it does not know an operation.
UNKNOWN: Final = frozenset(
    {"UnknownOperationException", "UnsupportedOperation", "NotImplemented", "InvalidAction"}
)


def code_of(error: Exception) -> str:
    """The code of a botocore ClientError, e.g. ``ResourceInUseException``; empty for others."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return ""
    return str(response.get("Error", {}).get("Code", "")).rpartition("#")[2]


def message_of(error: Exception) -> str:
    """What the endpoint said, on one line."""
    response = getattr(error, "response", None)
    said = response.get("Error", {}).get("Message", "") if isinstance(response, dict) else ""
    return " ".join(str(said or error).split())


def is_lost(error: Exception) -> bool:
    """Whether no answer came: the request may or may not have been carried out."""
    from botocore.exceptions import ConnectionError as NoConnection
    from botocore.exceptions import HTTPClientError

    return isinstance(error, NoConnection | HTTPClientError)


def is_unsendable(error: Exception) -> bool:
    """Whether botocore could not send the request, as where there are no credentials; not for what the
    request itself is."""
    from botocore.exceptions import BotoCoreError, ParamValidationError

    return isinstance(error, BotoCoreError) and not isinstance(error, ParamValidationError)


def persist(
    request: Callable[[], Response],
    *,
    clock: Clock,
    what: str,
    patience: float = 600.0,
    check: Callable[[], None] = lambda: None,
) -> Response:
    """Send a request until it is accepted, as long as the refusals pass by themselves.

    what: the deed in words, for messages, e.g. ``create index GSI2 of messages``.
    patience: seconds after which a passing refusal is final; the pauses grow from 0.2 s to 10 s.
    check: is called before each of them, and may raise.
    Only for requests that may be sent twice. Raises EngineCannot KX649 where the endpoint does not
    know the operation, MigrationError KX651 for any other refusal.
    """
    start, pause = clock.monotonic(), 0.2
    while True:
        try:
            return request()
        except Exception as error:
            code = code_of(error)
            if code in UNKNOWN:
                raise EngineCannot(f"this engine cannot {what}") from error
            if not (code in BUSY or is_lost(error)):
                if code or is_unsendable(error):
                    raise refused(error, what) from error
                raise
            allowed = min(patience, _UNREACHABLE) if is_lost(error) else patience
            if clock.monotonic() + pause > start + allowed:
                raise refused(error, what) from error
        check()
        clock.sleep(pause)
        pause = min(pause * 2, 10.0)


def refused(error: Exception, what: str) -> MigrationError:
    """The error for a request that DynamoDB does not carry out."""
    code = code_of(error) or type(error).__name__
    return MigrationError(f"could not {what}: {code}: {message_of(error)}", code="KX651")
