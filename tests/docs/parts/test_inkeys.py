from __future__ import annotations

from kxmodel.docs.parts.inkeys import in_keys
from tests.emit.designs import design


def told(name: str, entity: str, attribute: str) -> str:
    for table in design(name):
        for each in table.entities:
            if each.name == entity:
                return " ".join(in_keys(table, each, each.members[attribute]))
    raise AssertionError(entity)


def test_sources_of_the_primary_key() -> None:
    said = told("kxgen", "Lead", "tenantId")
    assert said.startswith(
        "Stands in `contact_pk` of the table: an item with another value is another"
    )
    assert "`GSI1PK` of [GSI1](index.md#index-gsi1) and `GSI2PK` of [GSI2]" in said
    assert told("kxgen", "Message", "ts").startswith("An item with another value is another item")


def test_nested_sources() -> None:
    assert told("kxgen", "Lead", "contactInfo").startswith("Stands in `GSI1PK` of [GSI1]")


def test_conditions() -> None:
    assert told("kxgen", "Persona", "isTemplate").startswith("Decides whether an item is in [GSI2]")


def test_nothing_to_say() -> None:
    assert told("kxgen", "Message", "text") == ""
