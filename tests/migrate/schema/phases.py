"""AWS's control plane as its documentation tells it, for what no local engine shows.

Phases of index creation, and TableStatus meanwhile:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
Refusals while a table changes:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
Time to live:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from tests.migrate.clocks import Turned


def refusal(code: str, message: str, operation: str = "UpdateTable") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, operation)


class Aws:
    """One account's tables. Each phase takes `step` seconds of the clock.

    An index goes through CREATING (table UPDATING), CREATING with Backfilling (table ACTIVE again),
    ACTIVE. sent: how often each operation was asked for.
    """

    def __init__(self, clock: Turned, step: float = 20.0) -> None:
        self.clock = clock
        self.step = step
        self.tables: dict[str, dict[str, Any]] = {}
        self.ttl: dict[str, dict[str, Any]] = {}
        self.sent: Counter[str] = Counter()
        self.busy: list[ClientError] = []

    def _age(self, thing: dict[str, Any]) -> float:
        return self.clock.monotonic() - float(thing["since"])

    def _settle(self, name: str) -> dict[str, Any]:
        table = self.tables.get(name)
        if table is None:
            raise refusal("ResourceNotFoundException", f"Table: {name} not found")
        if table["status"] in ("CREATING", "UPDATING") and self._age(table) >= self.step:
            table["status"] = "ACTIVE"
        if table["status"] == "DELETING" and self._age(table) >= self.step:
            del self.tables[name]
            raise refusal("ResourceNotFoundException", f"Table: {name} not found")
        for index in list(table["indexes"].values()):
            age = self._age(index)
            if index["status"] == "CREATING" and age >= 3 * self.step:
                index |= {"status": "ACTIVE", "backfilling": False}
            elif index["status"] == "CREATING" and age >= self.step:
                index["backfilling"] = True
            elif index["status"] == "DELETING" and age >= self.step:
                del table["indexes"][index["IndexName"]]
        return table

    def create_table(self, **request: Any) -> dict[str, Any]:
        self.sent["create_table"] += 1
        name = request["TableName"]
        if name in self.tables:
            raise refusal("ResourceInUseException", f"Table already exists: {name}")
        self.tables[name] = {
            "request": request,
            "status": "CREATING",
            "since": self.clock.monotonic(),
            "indexes": {},
        }
        return {}

    def describe_table(self, *, TableName: str) -> dict[str, Any]:
        table = self._settle(TableName)
        request = table["request"]
        return {
            "Table": {
                "TableName": TableName,
                "TableStatus": table["status"],
                "KeySchema": request["KeySchema"],
                "AttributeDefinitions": request["AttributeDefinitions"],
                "BillingModeSummary": {"BillingMode": request["BillingMode"]},
                "ProvisionedThroughput": request.get("ProvisionedThroughput", {}),
                "StreamSpecification": table.get("stream", {}),
                "GlobalSecondaryIndexes": [
                    {
                        "IndexName": index["IndexName"],
                        "KeySchema": index["KeySchema"],
                        "Projection": index["Projection"],
                        "IndexStatus": index["status"],
                        **({"Backfilling": index["backfilling"]} if "backfilling" in index else {}),
                    }
                    for index in table["indexes"].values()
                ],
            }
        }

    def update_table(self, **request: Any) -> dict[str, Any]:
        self.sent["update_table"] += 1
        if self.busy:
            raise self.busy.pop(0)
        table = self._settle(request["TableName"])
        if table["status"] != "ACTIVE":
            raise refusal("ResourceInUseException", "Attempt to change a resource which is in use")
        updates = request.get("GlobalSecondaryIndexUpdates", [])
        changing = [i for i in table["indexes"].values() if i["status"] != "ACTIVE"]
        if len(updates) > 1 or (updates and changing):
            raise refusal(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                "simultaneously per table",
            )
        now = self.clock.monotonic()
        for update in updates:
            if create := update.get("Create"):
                table["request"]["AttributeDefinitions"] = request["AttributeDefinitions"]
                table["indexes"][create["IndexName"]] = {
                    **create,
                    "status": "CREATING",
                    "backfilling": False,
                    "since": now,
                }
            else:
                index = table["indexes"][update["Delete"]["IndexName"]]
                index |= {"status": "DELETING", "since": now}
        if stream := request.get("StreamSpecification"):
            on = table.get("stream", {}).get("StreamEnabled", False)
            if on and stream["StreamEnabled"]:
                raise refusal("ValidationException", "Table already has an enabled stream")
            table["stream"] = stream
        table |= {"status": "UPDATING", "since": now}
        return {}

    def delete_table(self, *, TableName: str) -> dict[str, Any]:
        table = self._settle(TableName)
        table |= {"status": "DELETING", "since": self.clock.monotonic()}
        return {}

    def describe_time_to_live(self, *, TableName: str) -> dict[str, Any]:
        self._settle(TableName)
        now = self.ttl.get(TableName)
        if now is None:
            return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}
        done = self._age(now) >= 3600
        status = (
            ("ENABLED" if done else "ENABLING")
            if now["on"]
            else ("DISABLED" if done else "DISABLING")
        )
        named = {} if status == "DISABLED" else {"AttributeName": now["attribute"]}
        return {"TimeToLiveDescription": {"TimeToLiveStatus": status, **named}}

    def update_time_to_live(
        self, *, TableName: str, TimeToLiveSpecification: dict[str, Any]
    ) -> dict[str, Any]:
        self.sent["update_time_to_live"] += 1
        now = self.ttl.get(TableName)
        wanted, attribute = (TimeToLiveSpecification[n] for n in ("Enabled", "AttributeName"))
        if now is not None and self._age(now) < 3600:
            message = "Time to live has been modified multiple times within a fixed interval"
            raise refusal("ValidationException", message, "UpdateTimeToLive")
        if wanted is bool(now and now["on"]):
            state = "enabled" if wanted else "disabled"
            raise refusal("ValidationException", f"TimeToLive is already {state}")
        since = self.clock.monotonic()
        self.ttl[TableName] = {"on": wanted, "attribute": attribute, "since": since}
        return {}
