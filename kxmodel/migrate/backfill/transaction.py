"""A move as a TransactWriteItems request, and what its answer means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.migrate.backfill.expression import Placeholders, conditions
from kxmodel.migrate.backfill.outcome import understand, understand_statement

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.outcome import Kind, Trouble
    from kxmodel.migrate.tasks.task import Guards, Item

#: Bytes, and operators and functions, that an expression may have ("Quotas in Amazon DynamoDB",
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html). Its 2 MB of
#: values are more than an item has.
MAX_EXPRESSION_BYTES: Final = 4096
MAX_OPERATORS: Final = 300

#: Which of two actions' troubles decides: the first of these that one of them has.
_ORDER: Final[tuple[Kind, ...]] = (
    "fatal",
    "condition",
    "throttled",
    "conflict",
    "internal",
    "full",
    "refused",
)


@dataclass(frozen=True)
class Answer:
    """What became of a transaction. troubles: of its put and its delete, or of the whole.

    unsure: a request got no answer, so that the move may have been made all the same.
    """

    troubles: tuple[Trouble | None, ...]
    unsure: bool = False

    @property
    def trouble(self) -> Trouble | None:
        """The one that decides; None where the item was moved."""
        there = [trouble for trouble in self.troubles if trouble is not None]
        return min(there, key=lambda trouble: _ORDER.index(trouble.kind), default=None)

    @property
    def taken(self) -> bool:
        """Whether there was an item under the new key."""
        put = self.troubles[0]
        return put is not None and put.kind == "condition"


def understood(error: ClientError | BotoCoreError) -> Answer:
    """The meaning of what TransactWriteItems raised, for each of its actions where it says so.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    """
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code")
        reasons = error.response.get("CancellationReasons")
        if code == "TransactionCanceledException" and isinstance(reasons, list) and reasons:
            return Answer(
                tuple(
                    None if row.get("Code") in (None, "None") else understand_statement(row)
                    for row in reasons
                )
            )
    return Answer((understand(error),))


def move_request(table: str, key: Item, moved: Item, guards: Guards, token: str) -> dict[str, Any]:
    """The arguments of TransactWriteItems: put the item if there is none, delete the old one.

    token: makes DynamoDB carry out repetitions of the same request once, for ten minutes. The reasons
    for a cancellation come in the order of the two actions.
    """
    hash_name = next(iter(key))
    made = Placeholders()
    deletion: dict[str, Any] = {
        "TableName": table,
        "Key": dict(key),
        "ConditionExpression": " AND ".join(conditions(made, key, guards)),
        "ExpressionAttributeNames": made.names,
    }
    if made.values:
        deletion["ExpressionAttributeValues"] = made.values
    put = {
        "TableName": table,
        "Item": dict(moved),
        "ConditionExpression": "attribute_not_exists(#n0)",
        "ExpressionAttributeNames": {"#n0": hash_name},
    }
    return {
        "TransactItems": [{"Put": put}, {"Delete": deletion}],
        "ClientRequestToken": token,
        "ReturnConsumedCapacity": "TOTAL",
    }


def too_rich(key: Item, guards: Guards) -> bool:
    """Whether no condition can hold so many guards."""
    stated = conditions(Placeholders(), key, guards)
    # Each condition has one operator, and an AND stands between two.
    operators = 2 * len(stated) - 1
    return operators > MAX_OPERATORS or len(" AND ".join(stated)) > MAX_EXPRESSION_BYTES
