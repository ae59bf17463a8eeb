"""A table of messages without index keys, and a task that fills them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kxmodel.migrate.backfill import Budget, Ledger, Options, Result, endless, run_backfill
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.tasks import EntityKeys, IndexKeys, KeysTask, KeyTypes, TaskSpec

if TYPE_CHECKING:
    from kxmodel.engines import RunningEngine

TASK = KeysTask(
    "messages",
    (
        EntityKeys(
            "Message",
            {"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"},
            (
                IndexKeys("GSI1", {"GSI1PK": "${tenantId}", "GSI1SK": "${ts}"}),
                IndexKeys("GSI2", {"GSI2PK": "${lead_id}", "GSI2SK": "${ts}"}),
            ),
            ("GSI1", "GSI2"),
        ),
    ),
    KeyTypes(ranges=frozenset({"ts", "GSI1SK", "GSI2SK"})),
)


def made(arguments: Mapping[str, Any], folder: str | None) -> KeysTask:
    """The task, in another process."""
    return TASK


SPEC = TaskSpec("tests.migrate.backfill.bench:made")

Wire = Mapping[str, Any]


def client_of(endpoint_url: str) -> Any:
    """A client as migrations make it: no retries of its own."""
    return make(ClientSettings(endpoint_url=endpoint_url, connections=32))


def message(number: int, *, contacts: int = 20, **more: Any) -> dict[str, Any]:
    """One legacy message; its tenant, contact and time follow from its number."""
    contact = number % contacts
    tenant = f"tenant{contact % 3}"
    item = {
        "contact_pk": {"S": f"{tenant}#user{contact}@example.com"},
        "ts": {"S": f"01HX{number:022d}"},
        "tenantId": {"S": tenant},
        "email_lc": {"S": f"user{contact}@example.com"},
        "text": {"S": f"message number {number}"},
        "n": {"N": str(number)},
    }
    if number % 3:
        item["lead_id"] = {"S": f"lead{number % 7}"}
    if number % 5 == 0:
        # Stamped by a new writer already, GSI2 stale.
        item["GSI1PK"], item["GSI1SK"] = item["tenantId"], item["ts"]
        item["GSI2PK"] = {"S": "stale"}
    return item | more


def expected(item: Wire) -> dict[str, Any]:
    """What a message has to be in the end, by the documents' own rule and none of the package's."""
    final = {n: v for n, v in item.items() if not n.startswith("GSI")}
    final["GSI1PK"], final["GSI1SK"] = item["tenantId"], item["ts"]
    if item.get("lead_id", {}).get("S"):
        final["GSI2PK"], final["GSI2SK"] = item["lead_id"], item["ts"]
    return final


@dataclass
class Bench:
    """An engine, a client, and a prefix of one test's own."""

    engine: RunningEngine
    client: Any
    prefix: str
    ledger: Ledger

    @property
    def table(self) -> str:
        return f"{self.prefix}messages"

    def create(self, items: Iterable[Wire] = (), table: str | None = None) -> None:
        """The table with its items."""
        name = table or self.table
        self.client.create_table(
            TableName=name,
            AttributeDefinitions=[
                {"AttributeName": "contact_pk", "AttributeType": "S"},
                {"AttributeName": "ts", "AttributeType": "S"},
            ],
            KeySchema=[
                {"AttributeName": "contact_pk", "KeyType": "HASH"},
                {"AttributeName": "ts", "KeyType": "RANGE"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        rows = [{"PutRequest": {"Item": dict(item)}} for item in items]
        for start in range(0, len(rows), 25):
            self.client.batch_write_item(RequestItems={name: rows[start : start + 25]})

    def items(self, table: str | None = None) -> dict[tuple[str, str], dict[str, Any]]:
        """Everything in the table, by key."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        request: dict[str, Any] = {"TableName": table or self.table, "ConsistentRead": True}
        while True:
            page = self.client.scan(**request)
            for item in page["Items"]:
                found[item["contact_pk"]["S"], item["ts"]["S"]] = item
            if not page.get("LastEvaluatedKey"):
                return found
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def run(
        self,
        task: Any = TASK,
        *,
        client: Any = None,
        budget: Budget | None = None,
        run: str = "run",
        table: str | None = None,
        ledger: Ledger | None = None,
        spec: TaskSpec | None = SPEC,
        executor: Any = None,
        settings: Any = None,
        events: Callable[[Any], None] = lambda event: None,
        stop: Any = None,
        remaining: Callable[[], float] = endless,
        **options: Any,
    ) -> Result:
        """Run the task."""
        chosen = {"workers": 2, "segments": 5, "slice_seconds": 10.0, **options}
        return run_backfill(
            task,
            client=client or self.client,
            table_name=table or self.table,
            ledger=ledger or self.ledger,
            budget=budget or Budget(),
            options=Options(run=run, **chosen),
            spec=spec,
            executor=executor,
            settings=settings,
            events=events,
            stop=stop,
            remaining=remaining,
        )


def shuffled(count: int, seed: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Messages in any order."""
    items = [message(n, **more) for n in range(count)]
    random.Random(seed).shuffle(items)
    return items


class Spy:
    """A client that shows every request to a function, which may raise or answer in its place."""

    def __init__(self, client: Any, see: Callable[[str, dict[str, Any]], Any]) -> None:
        self._client = client
        self._see = see

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(**request: Any) -> Any:
            answer = self._see(name, request)
            return method(**request) if answer is None else answer

        return call
