"""Taking a lease or a ledger row away from its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.testing.faults.call import Answer


class _Updating(Protocol):
    def update_item(self, **request: Any) -> Answer: ...


def theft(
    client: _Updating,
    table: str,
    key: Mapping[str, Mapping[str, str]],
    *,
    token: str = "token",  # noqa: S107  the name of an attribute
    changes: Mapping[str, Mapping[str, str]] | None = None,
) -> Callable[[], Answer]:
    """An action for `meanwhile` that takes a row as a lawful taker would: its fencing token grows by one.

    token: the attribute that holds the token. changes: attributes to set beside it, e.g. another owner.
    The row has to exist; the action raises ConditionalCheckFailedException otherwise.
    """
    more = dict(changes or {})
    names = {"#token": token, **{f"#c{n}": name for n, name in enumerate(more)}}
    values = {":one": {"N": "1"}, **{f":c{n}": value for n, value in enumerate(more.values())}}
    expression = "ADD #token :one"
    if more:
        expression += " SET " + ", ".join(f"#c{n} = :c{n}" for n in range(len(more)))

    def act() -> Answer:
        return client.update_item(
            TableName=table,
            Key=dict(key),
            UpdateExpression=expression,
            ConditionExpression="attribute_exists(#token)",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
            ReturnValues="ALL_NEW",
        )

    return act
