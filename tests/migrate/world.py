"""One environment with messages to migrate, whose writers are known and whose requests are all seen."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill import Budget, Ledger, StopSignal, run_backfill
from kxmodel.migrate.backfill import Options as Work
from kxmodel.migrate.clock import Clock, SystemClock
from kxmodel.migrate.files import Folder
from kxmodel.migrate.history import Record
from kxmodel.migrate.holder import KEY
from kxmodel.migrate.names import Names
from kxmodel.migrate.run import Database, Options, Outcome, migrate
from kxmodel.testing.faults import Entry, FaultyClient, Rule, theft
from tests.migrate.backfill.bench import TASK, expected, message
from tests.migrate.promises import Evidence, Window
from tests.migrate.requests import Key, Wire, key_of

KEYS = ("contact_pk", "ts")

_CREATE = (
    op.CreateTable("messages", hash="contact_pk", range="ts"),
    op.AddEntity(
        "messages",
        "Message",
        keys={"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"},
        schema="sha256:" + "0" * 64,
    ),
)
_FILL = (
    op.BackfillKeys("messages", "Message", "GSI1", {"GSI1PK": "${tenantId}", "GSI1SK": "${ts}"}),
    op.BackfillKeys("messages", "Message", "GSI2", {"GSI2PK": "${lead_id}", "GSI2SK": "${ts}"}),
    op.VerifyKeys("messages"),
    op.CreateIndex("messages", "GSI1", hash="GSI1PK", range="GSI1SK"),
    op.CreateIndex("messages", "GSI2", hash="GSI2PK", range="GSI2SK"),
)
FIRST, SECOND = "0001_create", "0002_fill"
FOLDER = Folder(
    Path("migrations"),
    {
        FIRST: Migration(revision=FIRST, follows=None, operations=list(_CREATE)),
        SECOND: Migration(revision=SECOND, follows=FIRST, operations=list(_FILL)),
    },
    {},
)


class Leaping:
    """A clock that leaps over what others sleep: a dead holder's lease is outwaited at once."""

    def __init__(self) -> None:
        self._true = SystemClock()
        self._leapt = 0.0

    def monotonic(self) -> float:
        return self._true.monotonic() + self._leapt

    def sleep(self, seconds: float) -> None:
        self._leapt += seconds

    def now(self) -> str:
        return self._true.now()


@dataclass
class World:
    """truth: the items as their writers left them. log: all requests of all runs and thieves. folder: of
    two migrations, the first of which makes the table."""

    client: Any
    names: Names
    folder: Folder = FOLDER
    truth: dict[Key, dict[str, Any]] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def table(self) -> str:
        return self.names.table("messages")

    def create(self, items: Iterable[Wire] = ()) -> None:
        """The tables, and items as an old program wrote them."""
        migrate(self.folder, Database(self.client, self.names), "1")
        rows = [dict(item) for item in items]
        self.truth = {key_of(item, KEYS): item for item in rows}
        for start in range(0, len(rows), 25):
            puts = [{"PutRequest": {"Item": item}} for item in rows[start : start + 25]]
            self.client.batch_write_item(RequestItems={self.table: puts})

    def drop(self) -> None:
        """The tables are gone."""
        for name in (self.table, self.names.history_table, self.names.ledger_table):
            with suppress(self.client.exceptions.ResourceNotFoundException):
                self.client.delete_table(TableName=name)

    def faulty(self, rules: Sequence[Rule] = (), seed: int = 0) -> FaultyClient:
        """A client whose requests are in the log."""
        return FaultyClient(self.client, rules, seed=seed, told=self.log.append)

    def run(
        self,
        rules: Sequence[Rule] = (),
        *,
        seed: int = 0,
        clock: Clock | None = None,
        stop: StopSignal | None = None,
        **chosen: Any,
    ) -> Outcome:
        """Migrate, with these faults. Raises as `migrate`, and Killed."""
        client = cast("Any", self.faulty(rules, seed))
        options = Options(**{"workers": 1, "segments": 3, **chosen})
        began = time.monotonic()
        try:
            return migrate(
                self.folder,
                Database(client, self.names, clock=clock or Leaping()),
                options=options,
                stop=stop,
            )
        finally:
            window = Window(began, time.monotonic(), options.max_wcu, options.workers)
            self.windows.append(window)

    def put(self, number: int, **more: Any) -> None:
        """A new writer's new message, with its keys."""
        item = expected(message(number, **more))
        self.client.put_item(TableName=self.table, Item=item)
        self.truth[key_of(item, KEYS)] = item

    def put_old(self, number: int, **more: Any) -> None:
        """An old writer's new message, without."""
        item = message(number, **more)
        self.client.put_item(TableName=self.table, Item=item)
        self.truth[key_of(item, KEYS)] = item

    def change(self, key: Key, lead: str | None) -> None:
        """A new writer gives a message another lead or none, and the key that follows."""
        item = self.truth.get(key)
        if item is None:
            return
        names = ("lead_id", "GSI2PK", "GSI2SK")
        left = {name: value for name, value in item.items() if name not in names}
        after = left if lead is None else left | {"lead_id": {"S": lead}}
        whole = expected(after)
        after |= {name: whole[name] for name in names if name in whole}
        expression = "SET #0 = :0, #1 = :1, #2 = :2" if lead else "REMOVE #0, #1, #2"
        values = {f":{n}": after[name] for n, name in enumerate(names) if name in after}
        self.client.update_item(
            TableName=self.table,
            Key={name: item[name] for name in KEYS},
            UpdateExpression=expression,
            ExpressionAttributeNames={f"#{n}": name for n, name in enumerate(names)},
            **({"ExpressionAttributeValues": values} if values else {}),
        )
        self.truth[key] = after

    def say(self, key: Key, text: str) -> None:
        """Any writer changes what no key is made of."""
        item = self.truth.get(key)
        if item is None:
            return
        self.client.update_item(
            TableName=self.table,
            Key={name: item[name] for name in KEYS},
            UpdateExpression="SET #t = :t",
            ExpressionAttributeNames={"#t": "text"},
            ExpressionAttributeValues={":t": {"S": text}},
        )
        self.truth[key] = item | {"text": {"S": text}}

    def delete(self, key: Key) -> None:
        """Somebody deletes a message."""
        item = self.truth.pop(key, None)
        if item is not None:
            where = {name: item[name] for name in KEYS}
            self.client.delete_item(TableName=self.table, Key=where)

    def steal_lease(self) -> None:
        """Another run takes the environment's lease, without having waited for its end."""
        taken = {"owner": {"S": "a thief"}, "beat": {"N": "0"}}
        self._steal(self.names.history_table, KEY, taken)

    def steal_ledger(self) -> None:
        """Another run takes over the units of the pass that was begun last."""
        heads = [
            entry.parameters["Key"]
            for entry in self.log
            if entry.done
            and entry.operation == "update_item"
            and entry.parameters["TableName"] == self.names.ledger_table
        ]
        if heads:
            self._steal(self.names.ledger_table, heads[-1], {})

    def _steal(self, table: str, key: Any, changes: dict[str, dict[str, str]]) -> None:
        client = self.faulty()
        try:
            theft(client, table, key, changes=changes)()
        except client.exceptions.ConditionalCheckFailedException:
            return  # nobody ever held it

    def items(self) -> dict[Key, dict[str, Any]]:
        """What is stored."""
        found: dict[Key, dict[str, Any]] = {}
        request: dict[str, Any] = {"TableName": self.table, "ConsistentRead": True}
        while True:
            page = self.client.scan(**request)
            found |= {key_of(item, KEYS): item for item in page["Items"]}
            if not page.get("LastEvaluatedKey"):
                return found
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def record(self) -> Record | None:
        """What the history says of the backfill."""
        return Database(self.client, self.names).history.read().get(self.folder.graph.order[-1])

    def evidence(self) -> Evidence:
        """Everything that the promises are judged by. Runs the task once more."""
        after, record = self.items(), self.record()
        assert record is not None
        again: list[Entry] = []
        client = cast("Any", FaultyClient(self.client, told=again.append))
        result = run_backfill(
            TASK,
            client=client,
            table_name=self.table,
            ledger=Ledger(client, self.names.ledger_table),
            budget=Budget(),
            options=Work(f"again-{time.monotonic_ns()}", workers=1, segments=2),
        )
        return Evidence(
            task=TASK,
            keys=KEYS,
            sources=frozenset({"tenantId", "lead_id", "ts"}),
            expected=expected,
            truth=self.truth,
            after=after,
            log=self.log,
            table=self.table,
            ledger=self.names.ledger_table,
            history=self.names.history_table,
            record=record,
            again=result.counts,
            again_log=again,
            windows=self.windows,
        )
