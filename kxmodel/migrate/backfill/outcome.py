"""What an error of DynamoDB means for the request that got it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: throttled: too fast. conflict: another transaction or region had the item. internal: nobody knows
#: whether it was done; so is a lost connection. condition: the guards did not hold. refused: this
#: request can never succeed. full: the item collection is at its 10 GB. fatal: no request can.
Kind: TypeAlias = Literal[
    "throttled", "conflict", "internal", "condition", "refused", "full", "fatal"
]

#: Errors by the code of an exception ("Error handling with DynamoDB",
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html) and by
#: that of one statement in a batch
#: (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html).
_KINDS: Final[Mapping[str, Kind]] = {
    "ConditionalCheckFailedException": "condition",
    "ConditionalCheckFailed": "condition",
    "ProvisionedThroughputExceededException": "throttled",
    "ProvisionedThroughputExceeded": "throttled",
    "RequestLimitExceeded": "throttled",
    "ThrottlingException": "throttled",
    "ThrottlingError": "throttled",
    "LimitExceededException": "throttled",
    "TransactionConflictException": "conflict",
    "TransactionConflict": "conflict",
    "TransactionInProgressException": "conflict",
    "ReplicatedWriteConflictException": "conflict",
    "DuplicateItem": "conflict",
    # Without the reasons of its actions nothing tells which it was.
    "TransactionCanceledException": "conflict",
    "InternalServerError": "internal",
    "InternalFailure": "internal",
    "ServiceUnavailable": "internal",
    "ServiceUnavailableException": "internal",
    "RequestTimeout": "internal",
    "RequestTimeoutException": "internal",
    "ValidationException": "refused",
    "ValidationError": "refused",
    "ItemCollectionSizeLimitExceededException": "full",
    "ItemCollectionSizeLimitExceeded": "full",
}


@dataclass(frozen=True)
class Trouble:
    """One error, understood. reasons: why it was throttled, e.g. ``TableWriteKeyRangeThroughputExceeded``."""

    kind: Kind
    message: str
    reasons: tuple[str, ...] = ()

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed a little later."""
        return self.kind in ("throttled", "conflict", "internal")

    @property
    def one_partition(self) -> bool:
        """Whether one key range alone was too hot, so that slowing everything down would not help.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html
        """
        return bool(self.reasons) and all(
            reason.endswith("KeyRangeThroughputExceeded") for reason in self.reasons
        )


def understand(error: ClientError | BotoCoreError) -> Trouble:
    """The meaning of what a client raised."""
    if not isinstance(error, ClientError):
        # No answer: the request may have been done or not.
        return Trouble("internal", f"{type(error).__name__}: {error}")
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", "")) or code
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    kind = _KINDS.get(code) or ("internal" if status >= 500 else "fatal")
    return Trouble(kind, f"{code}: {message}", tuple(_reasons(error.response)))


def understand_statement(error: Mapping[str, object]) -> Trouble:
    """The meaning of the ``Error`` that one statement of a batch got inside an HTTP 200."""
    code = str(error.get("Code", ""))
    return Trouble(_KINDS.get(code, "fatal"), f"{code}: {error.get('Message', '')}")


def _reasons(response: object) -> Iterator[str]:
    if not isinstance(response, dict):
        return
    for place in (response, response.get("Error", {})):
        for name in ("ThrottlingReasons", "throttlingReasons"):
            for row in place.get(name, ()):
                yield str(row.get("reason", ""))
