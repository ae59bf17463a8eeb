"""The errors of DynamoDB as botocore raises them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.exceptions import ClientError

#: What DynamoDB says with each code ("Error handling with DynamoDB",
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html, and the
#: Errors section of each operation in the API reference).
MESSAGES: Final = {
    "AccessDeniedException": "Access denied.",
    "ConditionalCheckFailedException": "The conditional request failed.",
    "InternalServerError": "DynamoDB could not process your request.",
    "ItemCollectionSizeLimitExceededException": "Collection size exceeded.",
    "LimitExceededException": "Too many operations for a given subscriber.",
    "ProvisionedThroughputExceededException": "You exceeded your maximum allowed provisioned "
    "throughput for a table or for one or more global secondary indexes.",
    "ReplicatedWriteConflictException": "The request was rejected because one or more items in the "
    "request are being modified by a request in another Region.",
    "RequestLimitExceeded": "Throughput exceeds the current throughput limit for your account.",
    "ResourceInUseException": "The resource which you are attempting to change is in use.",
    "ResourceNotFoundException": "Requested resource not found.",
    "ServiceUnavailable": "DynamoDB is currently unavailable.",
    "ThrottlingException": "Rate of requests exceeds the allowed throughput.",
    "TransactionConflictException": "Transaction is ongoing for the item.",
    "TransactionInProgressException": "The transaction with the given request token is already in "
    "progress.",
    "ValidationException": "One or more parameter values were invalid.",
}
_STATUS: Final = {"InternalServerError": 500, "ServiceUnavailable": 503}


class _Exceptions(Protocol):
    """``client.exceptions`` of botocore."""

    def from_code(self, code: str) -> type[ClientError]: ...


class Errors:
    """Makes errors of the classes that a client's own ``exceptions`` have, so that ``except`` finds them."""

    def __init__(self, exceptions: _Exceptions | None = None) -> None:
        """exceptions: a client's; None: those of botocore's description of DynamoDB."""
        self._exceptions = exceptions

    def make(
        self,
        operation: str,
        code: str,
        message: str | None = None,
        *,
        status: int | None = None,
        members: Mapping[str, object] | None = None,
    ) -> ClientError:
        """An error with the code, AWS's message for it, and the members that its class documents.

        operation: ``put_item``. status: of HTTP; by default 400, or what AWS documents for the code.
        """
        exceptions = self._exceptions or _modelled()
        response = {
            "Error": {
                "Code": code,
                "Message": MESSAGES.get(code, code) if message is None else message,
            },
            "ResponseMetadata": {
                "RequestId": "SIMULATEDFAULT",
                "HTTPStatusCode": _STATUS.get(code, 400) if status is None else status,
                "HTTPHeaders": {},
                "RetryAttempts": 0,
            },
            **(members or {}),
        }
        name = "".join(part.capitalize() for part in operation.split("_"))
        return exceptions.from_code(code)(cast("Any", response), name)


@lru_cache(maxsize=1)
def _modelled() -> _Exceptions:
    """For a client that is not botocore's."""
    from botocore.errorfactory import ClientExceptionsFactory
    from botocore.session import get_session

    model = get_session().get_service_model("dynamodb")
    return cast("_Exceptions", ClientExceptionsFactory().create_client_exceptions(model))
