"""A small story of migrations, and a table of items for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.database import Database

DIGEST = "sha256:" + "0" * 64

CREATE: list[Operation] = [
    op.CreateTable("messages", hash="pk", range="sk"),
    op.AddEntity("messages", "Message", keys={"pk": "${tenant}", "sk": "${ts}"}, schema=DIGEST),
]
LEAD: list[Operation] = [
    op.BackfillKeys("messages", "Message", "GSI2", {"GSI2PK": "${lead}", "GSI2SK": "${ts}"}),
    op.VerifyKeys("messages", index="GSI2"),
    op.CreateIndex("messages", "GSI2", hash="GSI2PK", range="GSI2SK"),
]
BOTH: list[Operation] = [
    op.BackfillKeys("messages", "Message", "GSI1", {"GSI1PK": "${tenant}#${ts}"}),
    op.BackfillKeys("messages", "Message", "GSI2", {"GSI2PK": "${lead}", "GSI2SK": "${ts}"}),
    op.VerifyKeys("messages"),
    op.CreateIndex("messages", "GSI1", hash="GSI1PK"),
    op.CreateIndex("messages", "GSI2", hash="GSI2PK", range="GSI2SK"),
]


def folder(*operations: list[Operation]) -> Folder:
    """Migrations 0001_step, 0002_step, ... each following the one before."""
    made: dict[str, Migration] = {}
    before = None
    for number, each in enumerate(operations, start=1):
        revision = f"{number:04}_step"
        made[revision] = Migration(revision=revision, follows=before, operations=each)
        before = revision
    return Folder(Path("migrations"), made, {})


def fill(database: Database, count: int = 40, **more: object) -> None:
    """Items as an old program wrote them: without index keys; every fifth has no lead."""
    for number in range(count):
        lead = {} if number % 5 == 0 else {"lead": {"S": f"L{number % 3}"}}
        item = {
            "pk": {"S": f"t{number % 4}"},
            "sk": {"S": f"{number:05}"},
            "tenant": {"S": f"t{number % 4}"},
            "ts": {"S": f"{number:05}"},
            **lead,
            **more,
        }
        database.client.put_item(TableName=database.names.table("messages"), Item=item)


def items(database: Database) -> Iterator[dict[str, dict[str, str]]]:
    """All items of the table."""
    request: dict[str, object] = {"TableName": database.names.table("messages")}
    while True:
        page = database.client.scan(**request)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
