"""Reading a unit, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kxmodel.migrate.tasks.equal import same

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.client import Answer, DynamoClient
    from kxmodel.migrate.backfill.table import TableFacts
    from kxmodel.migrate.backfill.unit import KeyRange, Unit
    from kxmodel.migrate.tasks.task import Item


@dataclass(frozen=True)
class Page:
    """items: none at all can be followed by more. next: None where nothing follows. rcu: read
    capacity units as DynamoDB says; None where it says nothing."""

    items: tuple[Item, ...]
    next: Item | None
    rcu: float | None


class Reader:
    """Reads of one table, projected to its keys and what a task reads; always consistent."""

    def __init__(
        self, client: DynamoClient, table: TableFacts, reads: tuple[str, ...] | None
    ) -> None:
        self._client = client
        self._table = table
        self._common: dict[str, Any] = {
            "TableName": table.name,
            "ConsistentRead": True,
            "ReturnConsumedCapacity": "TOTAL",
        }
        if reads is not None:
            names = dict.fromkeys((*table.keys, *reads))
            placeholders = {f"#p{n}": name for n, name in enumerate(names)}
            self._common["ProjectionExpression"] = ", ".join(placeholders)
            self._common["ExpressionAttributeNames"] = placeholders

    def page(self, unit: Unit, cursor: Item | None, limit: int) -> Page:
        """The next at most `limit` items behind `cursor`. Raises as the client."""
        request = {**self._common, "Limit": limit}
        if cursor is not None:
            request["ExclusiveStartKey"] = dict(cursor)
        if unit.range is not None:
            return self._query(request, unit.range)
        if unit.total > 1:
            request |= {"Segment": unit.segment, "TotalSegments": unit.total}
        answer = self._client.scan(**request)
        return Page(
            tuple(answer.get("Items", ())), answer.get("LastEvaluatedKey"), consumed(answer)
        )

    def item(self, key: Item) -> tuple[Item | None, float | None]:
        """One item as it is now, or None, and the read capacity units. Raises as the client."""
        answer = self._client.get_item(Key=dict(key), **self._common)
        return answer.get("Item") or None, consumed(answer)

    def last_of(self, hash_key: Item) -> Item | None:
        """The item with the greatest sort key of one partition key. Raises as the client."""
        ((name, value),) = hash_key.items()
        answer = self._client.query(
            TableName=self._table.name,
            KeyConditionExpression="#h = :h",
            ExpressionAttributeNames={"#h": name},
            ExpressionAttributeValues={":h": value},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=1,
        )
        items: list[Item] = answer.get("Items", [])
        return items[0] if items else None

    def _query(self, request: dict[str, Any], keys: KeyRange) -> Page:
        hash_name, range_name = self._table.keys
        names = {"#h": hash_name, "#r": range_name}
        request["ExpressionAttributeNames"] = request.get("ExpressionAttributeNames", {}) | names
        # BETWEEN takes both ends; the lower one belongs to the neighbour.
        request["KeyConditionExpression"] = "#h = :h AND #r BETWEEN :a AND :b"
        request["ExpressionAttributeValues"] = {
            ":h": keys.hash,
            ":a": keys.after,
            ":b": keys.through,
        }
        answer = self._client.query(**request)
        items = tuple(i for i in answer.get("Items", ()) if not same(i[range_name], keys.after))
        return Page(items, answer.get("LastEvaluatedKey"), consumed(answer))


def consumed(answer: Answer) -> float | None:
    """The capacity units that an answer says the request took: of the table and its indexes."""
    figures = answer.get("ConsumedCapacity")
    if not figures:
        return None
    rows = figures if isinstance(figures, list) else [figures]
    return float(sum(float(row.get("CapacityUnits", 0)) for row in rows))
