"""The work units of the runs, in a table of their own.

One row is the head of a run, with the token of whoever has it now; every other row is a unit. A unit
without a row has not begun. Every write of a run is a transaction that also checks the head's token,
so that from the moment another run takes the units over, this one can record nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError, LedgerTaken
from kxmodel.migrate.backfill.counts import Counts
from kxmodel.migrate.backfill.outcome import understand, understand_statement
from kxmodel.migrate.backfill.unit import Unit
from kxmodel.migrate.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kxmodel.migrate.backfill.client import Answer, DynamoClient
    from kxmodel.migrate.clock import Clock

_HEAD: Final = "."
_ATTEMPTS: Final = 10
_SETTLING: Final = 120.0
#: Rows that are removed in one transaction; it would take 100.
_AT_ONCE: Final = 25


class Ledger:
    """The ledger table. `run` names in it are the caller's to choose; `forget` removes one."""

    def __init__(self, client: DynamoClient, table: str, clock: Clock | None = None) -> None:
        self._client = client
        self._table = table
        self._clock = clock or SystemClock()

    def create(self) -> None:
        """Create the table if there is none, and wait until it can be used. Raises BackfillError."""
        try:
            self._client.create_table(
                TableName=self._table,
                AttributeDefinitions=[
                    {"AttributeName": "run", "AttributeType": "S"},
                    {"AttributeName": "unit", "AttributeType": "S"},
                ],
                KeySchema=[
                    {"AttributeName": "run", "KeyType": "HASH"},
                    {"AttributeName": "unit", "KeyType": "RANGE"},
                ],
                BillingMode="PAY_PER_REQUEST",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceInUseException":
                raise _refused(self._table, understand(error).message) from error
        waited = 0.0
        while self._status() != "ACTIVE":
            if waited > _SETTLING:
                raise BackfillError(f"the ledger table {self._table} does not become active")
            self._clock.sleep(0.5)
            waited += 0.5

    def _status(self) -> str:
        def ask() -> Answer:
            return self._client.describe_table(TableName=self._table)

        return str(self._patiently(ask)["Table"]["TableStatus"])

    def open(self, run: str, task: str, segments: int) -> Lease:
        """Take a run over, from whoever had it, or begin it.

        task: what identifies the task; another one under the same name is refused (KX624).
        segments: for a run that begins; one that goes on keeps its own.
        """
        request = {
            "TableName": self._table,
            "Key": {"run": {"S": run}, "unit": {"S": _HEAD}},
            "UpdateExpression": "ADD #token :one SET #task = if_not_exists(#task, :task), "
            "#segments = if_not_exists(#segments, :segments)",
            "ConditionExpression": "attribute_not_exists(#task) OR #task = :task",
            "ExpressionAttributeNames": {
                "#token": "token",
                "#task": "task",
                "#segments": "segments",
            },
            "ExpressionAttributeValues": {
                ":one": {"N": "1"},
                ":task": {"S": task},
                ":segments": {"N": str(segments)},
            },
            "ReturnValues": "ALL_NEW",
        }
        try:
            answer = self._patiently(lambda: self._client.update_item(**request))
        except ClientError as error:
            if understand(error).kind == "condition":
                raise BackfillError(
                    f"the ledger knows {run} as a run of another task", code="KX624"
                ) from error
            raise _refused(self._table, understand(error).message) from error
        head = answer["Attributes"]
        token, total = int(head["token"]["N"]), int(head["segments"]["N"])
        known = {unit.name: unit for unit in self._units(run)}
        for segment in range(total):
            name = f"segment-{segment:05d}"
            known.setdefault(name, Unit(name, segment, total))
        return Lease(self, run, token, known)

    def forget(self, run: str) -> None:
        """Remove all rows of a run."""
        deletions = [
            {"Delete": {"TableName": self._table, "Key": {"run": row["run"], "unit": row["unit"]}}}
            for row in self._rows(run)
        ]
        for start in range(0, len(deletions), _AT_ONCE):
            self._delete(deletions[start : start + _AT_ONCE])

    def _delete(self, deletions: list[dict[str, Any]]) -> None:
        self._patiently(lambda: self._client.transact_write_items(TransactItems=deletions))

    def record(self, run: str, token: int, units: Sequence[Unit]) -> None:
        """Write units down, all or none. Raises LedgerTaken where the token is not the latest."""
        items: list[dict[str, Any]] = [
            {
                "ConditionCheck": {
                    "TableName": self._table,
                    "Key": {"run": {"S": run}, "unit": {"S": _HEAD}},
                    "ConditionExpression": "#token = :token",
                    "ExpressionAttributeNames": {"#token": "token"},
                    "ExpressionAttributeValues": {":token": {"N": str(token)}},
                }
            }
        ]
        for unit in units:
            row = {
                "run": {"S": run},
                "unit": {"S": unit.name},
                "token": {"N": str(token)},
                "body": {"S": json.dumps(unit.to_json(), separators=(",", ":"))},
            }
            items.append({"Put": {"TableName": self._table, "Item": row}})

        def write() -> Answer:
            return self._client.transact_write_items(TransactItems=items)

        try:
            self._patiently(write)
        except ClientError as error:
            if "ConditionalCheckFailed" in _cancelled(error):
                raise LedgerTaken(f"another run has taken over {run}") from error
            raise _refused(self._table, understand(error).message) from error

    def counts(self, run: str) -> Counts:
        """How far a run is, by its last checkpoints. Raises BackfillError where there is no ledger."""
        return sum((unit.counts for unit in self._units(run)), Counts())

    def _units(self, run: str) -> list[Unit]:
        rows = [row for row in self._rows(run) if row["unit"]["S"] != _HEAD]
        return [Unit.from_json(json.loads(row["body"]["S"])) for row in rows]

    def _rows(self, run: str) -> list[Any]:
        request: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "#run = :run",
            "ExpressionAttributeNames": {"#run": "run"},
            "ExpressionAttributeValues": {":run": {"S": run}},
            "ConsistentRead": True,
        }
        rows: list[Any] = []
        while True:
            answer = self._patiently(lambda: self._client.query(**request))
            rows += answer.get("Items", ())
            if not answer.get("LastEvaluatedKey"):
                return rows
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Ask again while that can help: everything asked here is the same when done twice."""
        for attempt in range(_ATTEMPTS):
            try:
                return ask()
            except (ClientError, BotoCoreError) as error:
                trouble = understand(error)
                reasons = _cancelled(error)
                passing = _pass(reasons) if reasons else trouble.retryable
                if attempt == _ATTEMPTS - 1 or not passing:
                    if isinstance(error, ClientError):
                        raise
                    raise _refused(self._table, trouble.message) from error
                self._clock.sleep(min(2.0, 0.05 * 2.0**attempt))
        raise AssertionError("unreachable")


class Lease:
    """A run's units, as long as nobody else takes them over."""

    def __init__(self, ledger: Ledger, run: str, token: int, units: dict[str, Unit]) -> None:
        self._ledger = ledger
        self.run = run
        self.token = token
        self.units = units

    def record(self, *units: Unit) -> None:
        """Write units down, all or none, then know them. Raises LedgerTaken (KX621)."""
        self._ledger.record(self.run, self.token, units)
        self.units.update({unit.name: unit for unit in units})


def _cancelled(error: Exception) -> frozenset[str]:
    """The reasons of a cancelled transaction."""
    if not isinstance(error, ClientError):
        return frozenset()
    rows: Any = error.response.get("CancellationReasons", ())
    return frozenset(str(row.get("Code", "None")) for row in rows)


def _pass(reasons: frozenset[str]) -> bool:
    """Whether these reasons for a cancelled transaction pass by themselves
    (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html)."""
    told = reasons - {"None"}
    return all(understand_statement({"Code": each}).retryable for each in told)


def _refused(table: str, message: str) -> BackfillError:
    return BackfillError(f"the ledger table {table}: {message}", code="KX625")
