"""What was applied to a database: one row a revision, in a table of the environment's own.

Only the holder of the lease writes, each time in one transaction with a check of its token
(https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html), so a run that
was held up and lost its lease cannot record anything, whatever it believes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kxmodel.errors import LeaseLost, MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.holder import KEY, read_holder, wishes_of
from kxmodel.migrate.schema.control import code_of, is_lost, persist, refused
from kxmodel.migrate.schema.tables import create_table
from kxmodel.migrate.schema.waiting import Control, describe
from kxmodel.migrate.state import TableState
from kxmodel.values import item_from_json, item_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.holder import Holder, Wishes
    from kxmodel.migrate.lease import Lease
    from kxmodel.migrate.schema.control import Response

State: TypeAlias = Literal[
    "running", "applied", "applied_with_exceptions", "failed", "paused", "rolled_back"
]

#: The states in which all of a migration's operations are in effect.
APPLIED: Final = frozenset({"applied", "applied_with_exceptions"})

_KIND: Final = "revision"


@dataclass(frozen=True)
class Record:
    """What is known of one revision in one database.

    checksum: of the file that was run. done: how many of its `total` operations are in effect, so
    that going up and going down both resume there. who, host, tool: the last run that touched it.
    started, ended: RFC 3339, to be shown. counts: of items, over the operations. error: why it
    failed. note: why it paused, or that it was recorded without being run. exceptions: the items
    that were left bad, some of them, or where the report of all of them is.
    """

    revision: str
    state: State
    checksum: str
    done: int
    total: int
    direction: Literal["up", "down"] = "up"
    who: str = ""
    host: str = ""
    tool: str = ""
    started: str = ""
    ended: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None
    note: str | None = None
    exceptions: tuple[str, ...] = ()
    run: str = ""
    """One going through of the migration, resumed or not: what the ledger calls its passes. Empty where the
    next one begins them anew."""

    @property
    def applied(self) -> bool:
        """Whether it counts as applied: a failed or unfinished one never does."""
        return self.state in APPLIED

    @property
    def begun(self) -> bool:
        """Whether it is neither wholly applied nor wholly absent."""
        return not self.applied and (self.done > 0 or self.state in ("running", "paused", "failed"))


@dataclass(frozen=True)
class History:
    """The history in one table. Reading creates nothing."""

    control: Control
    table: str

    def ensure(self) -> None:
        """Create the table where it is missing. Raises MigrationError KX643 where another has its name."""
        keys = KeyAttribute("kind"), KeyAttribute("name")
        create_table(self.control, self.table, TableState(self.table, *keys))

    def exists(self) -> bool:
        """Whether the table is there."""
        return describe(self.control, self.table) is not None

    def read(self) -> dict[str, Record]:
        """Revision -> its record, in the order of the revisions' names; empty without a table.

        Raises MigrationError KX651, and KX652 for a row that is no record.
        """
        if not self.exists():
            return {}
        records = {}
        request: dict[str, object] = {
            "TableName": self.table,
            "ConsistentRead": True,
            "KeyConditionExpression": "#kind = :kind",
            "ExpressionAttributeNames": {"#kind": "kind"},
            "ExpressionAttributeValues": {":kind": {"S": _KIND}},
        }
        while True:
            page = self.control.send(
                lambda: self.control.client.query(**request), f"read {self.table}"
            )
            for item in page["Items"]:
                record = _record(item, self.table)
                records[record.revision] = record
            if not (last := page.get("LastEvaluatedKey")):
                return dict(sorted(records.items()))
            request["ExclusiveStartKey"] = last

    def holder(self) -> Holder | None:
        """Who holds the lease, alive or not; None where it is free."""
        if not self.exists():
            return None
        found = read_holder(self.control.client, self.table, self.control.clock)
        return found if found is not None and found.owner is not None else None

    def wishes(self) -> Wishes:
        """What was asked of a run from another terminal."""
        if not self.exists():
            return wishes_of({})
        reply = self.control.send(
            lambda: self.control.client.get_item(
                TableName=self.table, Key=KEY, ConsistentRead=True
            ),
            f"read {self.table}",
        )
        return wishes_of(reply.get("Item") or {})

    def write(self, record: Record, lease: Lease) -> None:
        """Record this, if the lease is still ours.

        Raises LeaseLost KX641 otherwise, and MigrationError KX651. Nothing is written then.
        """
        lease.check()
        put = {"Put": {"TableName": self.table, "Item": _item(record)}}
        what = f"record {record.revision} in {self.table}"

        def ask() -> Response:
            try:
                return self.control.client.transact_write_items(TransactItems=[lease.guard(), put])
            except Exception as error:
                if code_of(error) == "TransactionCanceledException":
                    _judge(error, what)
                if is_lost(error):
                    lease.check()
                raise

        persist(
            ask,
            clock=self.control.clock,
            what=what,
            patience=lease.duration,
        )

    def wish(self, expression: str, names: Mapping[str, str], values: Mapping[str, object]) -> None:
        """Change what is asked of the run; see `kxmodel.migrate.remote`.

        Raises MigrationError KX655 where nothing was ever run.
        """
        request: dict[str, object] = {
            "TableName": self.table,
            "Key": KEY,
            "UpdateExpression": expression,
            "ConditionExpression": "attribute_exists(#token)",
            "ExpressionAttributeNames": {"#token": "token", **names},
        }
        if values:
            request["ExpressionAttributeValues"] = values

        def ask() -> Response:
            try:
                return self.control.client.update_item(**request)
            except Exception as error:
                if code_of(error) == "ConditionalCheckFailedException":
                    raise MigrationError(
                        f"no migration was ever run with {self.table}", code="KX655"
                    ) from error
                raise

        self.control.send(ask, f"change the run's wishes in {self.table}")


def _judge(error: Exception, what: str) -> None:
    """Raise what a cancelled transaction means; pass where it is to be sent again."""
    reasons = getattr(error, "response", {}).get("CancellationReasons") or ()
    codes = [str(reason.get("Code", "None")) for reason in reasons]
    if "ConditionalCheckFailed" in codes:
        raise LeaseLost(f"could not {what}: another run holds the lease") from error
    passing = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
    if not codes or set(codes) - passing:
        raise refused(error, what) from error
    response: Any = getattr(error, "response", {})
    response["Error"]["Code"] = "TransactionConflictException"


def _item(record: Record) -> dict[str, object]:
    fields = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(record).items()
        if value is not None
    }
    return {**item_from_json({"kind": _KIND, "name": record.revision, **fields})}


def _record(item: Mapping[str, Any], table: str) -> Record:
    plain = item_to_json(item)
    known: dict[str, Any] = {
        name: plain[name] for name in Record.__dataclass_fields__ if name in plain
    }
    known["exceptions"] = tuple(known.get("exceptions", ()))
    needed = ("revision", "state", "checksum", "done", "total")
    if missing := [name for name in needed if name not in known]:
        raise MigrationError(
            f"the row of {plain.get('name')} in {table} was not written by kxmodel: it has no "
            f"{', '.join(missing)}",
            code="KX652",
            fix="Restore it from a backup; or delete it, and record what is applied by --fake.",
        )
    return Record(**known)
