"""Derived attributes of stored items, filled in and taken back on local engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.migrate import operations as op
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.options import Options
from tests.migrate.run.story import CREATE, fill, folder, items

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database

QUICK = Options(workers=2, segments=2, lease_seconds=12)
LABEL = op.DeriveAttributes("messages", "Message", {"label": "${lead|lower}/${ts}"})
OTHER = op.DeriveAttributes("messages", "Message", {"label": "${ts}"})
KEYS: list[Any] = [
    op.BackfillKeys("messages", "Message", "GSI2", {"GSI2PK": "${label}"}),
    op.VerifyKeys("messages", index="GSI2"),
    op.CreateIndex("messages", "GSI2", hash="GSI2PK"),
]


def labels(db: Database, name: str = "label") -> dict[str, str | None]:
    return {item["ts"]["S"]: item.get(name, {}).get("S") for item in items(db)}


def wanted(db: Database) -> dict[str, str | None]:
    return {
        item["ts"]["S"]: f"{item['lead']['S'].lower()}/{item['ts']['S']}"
        if "lead" in item
        else None
        for item in items(db)
    }


def test_they_are_filled_in_and_a_second_run_writes_nothing(db: Database) -> None:
    story = folder(CREATE, [LABEL], [LABEL])
    migrate(story, db, "1", options=QUICK)
    fill(db)
    outcome = migrate(story, db, "2", options=QUICK)
    assert outcome.counts["updated"] == 32
    assert labels(db) == wanted(db)
    again = migrate(story, db, options=QUICK)
    assert (again.counts["updated"], again.counts["already"]) == (0, 32)


def test_one_whose_source_is_missing_is_taken(db: Database) -> None:
    story = folder(CREATE, [LABEL])
    migrate(story, db, "1", options=QUICK)
    fill(db, label={"S": "stale"})
    assert migrate(story, db, options=QUICK).counts["updated"] == 40
    assert labels(db) == wanted(db)


def test_index_keys_made_of_one_follow(db: Database) -> None:
    story = folder(CREATE, [LABEL], KEYS, [OTHER])
    migrate(story, db, "1", options=QUICK)
    fill(db)
    migrate(story, db, options=QUICK)
    assert labels(db) == labels(db, "GSI2PK") == {ts: ts for ts in wanted(db)}
    migrate(story, db, "3", options=QUICK)
    assert labels(db) == labels(db, "GSI2PK") == wanted(db)


@pytest.mark.parametrize("remove", [False, True])
def test_down_leaves_them_unless_they_are_to_be_removed(db: Database, remove: bool) -> None:
    story = folder(CREATE, [LABEL])
    migrate(story, db, "1", options=QUICK)
    fill(db)
    migrate(story, db, options=QUICK)
    db.client.update_item(
        TableName=db.names.table("messages"),
        Key={"pk": {"S": "t1"}, "sk": {"S": "00001"}},
        UpdateExpression="SET label = :l",
        ExpressionAttributeValues={":l": {"S": "somebody's own"}},
    )
    migrate(story, db, "1", options=Options(**{**vars(QUICK), "remove_values": remove}))
    left = {ts: label for ts, label in labels(db).items() if label is not None}
    assert left["00001"] == "somebody's own"
    assert len(left) == (1 if remove else 32)


def test_an_item_whose_template_cannot_be_evaluated_is_bad_and_stays(db: Database) -> None:
    story = folder(CREATE, [LABEL])
    migrate(story, db, "1", options=QUICK)
    fill(db, count=3)
    bad = {"pk": {"S": "x"}, "sk": {"S": "1"}, "ts": {"S": "1"}, "lead": {"L": []}}
    db.client.put_item(TableName=db.names.table("messages"), Item=bad)
    outcome = migrate(story, db, options=QUICK)
    assert outcome.exit_code == 4
    assert bad in list(items(db))
