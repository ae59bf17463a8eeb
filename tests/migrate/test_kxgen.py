"""KxGen's own migrations, item by item."""

from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.migrate import operations as op
from kxmodel.migrate.files import load_folder

FOLDER = load_folder(Path(__file__).parents[2] / "migrations")
LEAD = {
    "contact_pk": {"S": "t#a@b.co"},
    "sk": {"S": "PROFILE"},
    "tenantId": {"S": "t"},
    "email_lc": {"S": "a@b.co"},
}


def judged(revision: str, number: int, item: dict) -> object:
    states = FOLDER.states(revision)
    operation = FOLDER.migrations[revision].operations[number]
    return operation.task(states[number], states[-1]).judge(item)


@pytest.mark.parametrize(
    ("phone", "kind"),
    [
        ("+1 (234) 567-890", "change"),
        ("tel:+1234567890", "change"),
        ("+1234567890", "already"),
        ("555-1234", "already"),
        ("nobody knows", "already"),
    ],
)
def test_phones(phone: str, kind: str) -> None:
    item = {**LEAD, "contactInfo": {"M": {"phone": {"S": phone}, "company": {"S": "Acme"}}}}
    verdict = judged("0008_normalise_phones", 0, item)
    assert verdict.kind == kind
    if kind == "change":
        assert verdict.set["contactInfo"]["M"]["phone"] == {"S": "+1234567890"}
        assert verdict.set["contactInfo"]["M"]["company"] == {"S": "Acme"}
        assert verdict.set["GSI1PK"] == {"S": "t#+1234567890"}


def test_validation_reports_an_address_that_is_not_lower_case_and_changes_nothing() -> None:
    stamps = {"created_at": {"S": "2024-01-15T09:00:00.000Z"}}
    stamps["updated_at"] = stamps["created_at"]
    assert judged("0009_validate_items", 0, {**LEAD, **stamps}).kind == "already"
    verdict = judged("0009_validate_items", 0, {**LEAD, **stamps, "email_lc": {"S": "A@b.co"}})
    assert verdict.kind == "bad"
    assert verdict.problem.path == ("email_lc",)
    assert not verdict.writes


def test_each_of_the_six_indexes_has_a_migration_of_its_own() -> None:
    created = [
        (each.table, each.index)
        for migration in FOLDER.migrations.values()
        for each in migration.operations
        if isinstance(each, op.CreateIndex)
    ]
    assert created == [
        (table, index) for table in ("messages", "leads", "personas") for index in ("GSI1", "GSI2")
    ]
    last = FOLDER.state_after(FOLDER.graph.head)
    for table in last.tables.values():
        for index in table.indexes.values():
            for entity in table.entities.values():
                assert {k.name for k in index.attributes} == set(entity.indexes[index.name].keys)
