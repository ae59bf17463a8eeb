"""A client that keeps items in a dict and answers the requests that the tests send."""

from __future__ import annotations

from typing import Any


class Canned:
    """sent: (operation, parameters), in order."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.region = "nowhere"

    def put_item(self, **request: Any) -> dict[str, Any]:
        self.sent.append(("put_item", request))
        return {}

    def scan(self, **request: Any) -> dict[str, Any]:
        """Items 0 to 9; a page is `Limit` long."""
        self.sent.append(("scan", request))
        start = int(request.get("ExclusiveStartKey", {"n": {"N": "-1"}})["n"]["N"]) + 1
        limit = request.get("Limit", 4)
        items = [{"n": {"N": str(n)}} for n in range(start, min(start + limit, 10))]
        page: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        return page | ({"LastEvaluatedKey": items[-1]} if start + limit < 10 else {})

    def batch_execute_statement(self, **request: Any) -> dict[str, Any]:
        self.sent.append(("batch_execute_statement", request))
        return {"Responses": [{"TableName": s["Statement"]} for s in request["Statements"]]}

    def batch_write_item(self, **request: Any) -> dict[str, Any]:
        self.sent.append(("batch_write_item", request))
        return {"UnprocessedItems": {}}

    def batch_get_item(self, **request: Any) -> dict[str, Any]:
        self.sent.append(("batch_get_item", request))
        found = {table: list(keys["Keys"]) for table, keys in request["RequestItems"].items()}
        return {"Responses": found, "UnprocessedKeys": {}}

    def transact_write_items(self, **request: Any) -> dict[str, Any]:
        self.sent.append(("transact_write_items", request))
        return {}
