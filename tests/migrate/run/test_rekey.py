"""KxGen's leads whose e-mail address is not lower case, moved by a migration."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.cli.plan import in_words
from kxmodel.errors import MigrationError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import Folder, load_folder
from kxmodel.migrate.plan import make_plan
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.options import Options

if TYPE_CHECKING:
    from kxmodel.migrate.run.database import Database
    from kxmodel.migrate.run.events import Outcome

KXGEN = load_folder(Path(__file__).parents[3] / "migrations")
LOWER = op.Rekey(
    "leads",
    "Lead",
    keys={"contact_pk": "${tenantId}#${email_lc}", "sk": "PROFILE"},
    source={"email_lc": "${email_lc|lower}"},
)
ADDRESSES = ("A@x.org", "a@x.org", "B@x.org", "c@x.org", "D@X.org", "d@x.ORG")


def lead(address: str, tenant: str = "t1") -> dict[str, Any]:
    """A lead as an old program wrote it: its key has the address as it was given."""
    return {
        "contact_pk": {"S": f"{tenant}#{address}"},
        "sk": {"S": "PROFILE"},
        "tenantId": {"S": tenant},
        "email_lc": {"S": address},
        "lead_ulid": {"S": "01HX0000000000000000000000"},
        "contactInfo": {"M": {"phone": {"S": "+1234567890"}, "company": {"NULL": True}}},
        "qualification": {"M": {"status": {"S": "new"}, "score": {"N": "7.5"}}},
        "created_at": {"S": "2024-01-15T09:00:00.000Z"},
        "updated_at": {"S": "2024-01-15T09:00:00.000Z"},
        "GSI1PK": {"S": f"{tenant}#+1234567890"},
        "GSI1SK": {"S": "PHONE_LOOKUP"},
        "GSI2PK": {"S": f"{tenant}#new"},
        "GSI2SK": {"S": "2024-01-15T09:00:00.000Z"},
    }


def story(*operations: op.Operation) -> Folder:
    """KxGen's leads with their indexes, and then what is to be done with them."""
    made = {
        name: replace(each, operations=[o for o in each.operations if o.table == "leads"])
        for name, each in KXGEN.migrations.items()
        if name[:4] in ("0001", "0004", "0005")
    }
    before = None
    for name, each in made.items():
        made[name] = replace(each, follows=before)
        before = name
    last = Migration(revision="0010_rekey", follows=before, operations=list(operations))
    return Folder(Path("migrations"), {**made, "0010_rekey": last}, {})


def run(db: Database, target: str | None = None, **options: Any) -> Outcome:
    steps = options.pop("story", None) or story(LOWER)
    chosen = Options(workers=2, segments=4, lease_seconds=12, **options)
    return migrate(steps, db, target, options=chosen)


def leads(db: Database) -> dict[str, dict[str, Any]]:
    found = db.client.scan(TableName=db.names.table("leads"), ConsistentRead=True)["Items"]
    return {item["contact_pk"]["S"]: item for item in found}


def put(db: Database, *items: dict[str, Any]) -> None:
    for item in items:
        db.client.put_item(TableName=db.names.table("leads"), Item=item)


def test_addresses_are_lowered_and_collisions_reported(db: Database, tmp_path: Path) -> None:
    run(db, "0005")
    put(db, *map(lead, ADDRESSES))
    before = leads(db)
    with pytest.raises(MigrationError, match="old values of email_lc"):
        run(db)
    outcome = run(db, allow_destructive=True, report=tmp_path)
    after = leads(db)
    # A@ and a@ are both there; of D@ and d@...ORG one was the first.
    loser = next(key for key in after if key in ("t1#D@X.org", "t1#d@x.ORG"))
    assert after == {
        "t1#A@x.org": before["t1#A@x.org"],
        "t1#a@x.org": before["t1#a@x.org"],
        "t1#b@x.org": lead("b@x.org"),
        "t1#c@x.org": lead("c@x.org"),
        loser: before[loser],
        "t1#d@x.org": lead("d@x.org"),
    }
    assert outcome.finished
    assert outcome.exit_code == 4
    counts = dict(outcome.counts)
    assert counts["updated"] == 2
    assert counts["bad"] == 2
    assert counts["scanned"] == sum(v for k, v in counts.items() if k != "scanned")
    assert outcome.report is not None
    rows = [json.loads(line) for line in Path(outcome.report).read_text().splitlines()]
    assert {row["key"]["contact_pk"] for row in rows} == {"t1#A@x.org", loser}
    for row in rows:
        assert row["code"] == "KX634"
        assert row["key"]["contact_pk"].lower() in row["value"]
    index = db.client.query(
        TableName=db.names.table("leads"),
        IndexName="GSI1",
        KeyConditionExpression="GSI1PK = :p",
        ExpressionAttributeValues={":p": {"S": "t1#+1234567890"}},
    )
    assert {item["contact_pk"]["S"] for item in index["Items"]} == set(after)


def test_what_another_entity_or_key_makes_of_it(db: Database) -> None:
    """A tenant in front of the address is swapped behind it, and back."""
    swapped = op.Rekey("leads", "Lead", keys={"contact_pk": "${email_lc}#${tenantId}", "sk": "V1"})
    steps = story(swapped)
    run(db, "0005", story=steps)
    put(db, *(lead(f"{n}@x.org", f"t{n % 3}") for n in range(40)))
    before = leads(db)
    outcome = run(db, story=steps)
    assert (outcome.exit_code, outcome.counts["updated"]) == (0, 40)
    moved = leads(db)
    assert moved.keys() == {f"{n}@x.org#t{n % 3}" for n in range(40)}
    assert all(item["sk"] == {"S": "V1"} for item in moved.values())
    undone = run(db, "-1", story=steps)
    assert undone.counts["updated"] == 40
    assert leads(db) == before
    again = run(db, story=steps)
    assert again.counts["updated"] == 40
    assert leads(db) == moved


def test_the_plan_says_what_a_move_costs(db: Database) -> None:
    run(db, "0005")
    put(db, *(lead(f"{n}@X.org") for n in range(10)))
    plan = make_plan(story(LOWER), db)
    (step,) = plan.steps
    (move,) = step.moves
    assert "in one transaction" in move.sentence
    assert "email_lc = ${email_lc|lower}" in move.sentence
    assert move.destroys == "the old values of email_lc on every Lead of leads"
    assert move.cost is not None
    items = move.cost.items
    assert f"at most {items} transactions" in in_words(move.cost)
    # Put and delete, twice each, and an entry of two indexes twice; about 500 bytes an item.
    assert (move.cost.transactions, move.cost.wcu) == (items, items * (4 + 2 * 2))
