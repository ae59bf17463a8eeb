"""The schema files as kxmodel itself reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect import read_folder
from kxmodel.validate import Validator, portable_pattern

from .files import FOLDERS, kxgen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Entity, Table

READ = {name: read_folder(folder) for name, folder in FOLDERS.items()}
ALL = [pytest.param(table, id=table.name) for tables in READ.values() for table in tables]


def recognised(table: Table, item: Mapping[str, object]) -> list[str]:
    """The entities whose every test the item passes."""

    def holds(entity: Entity) -> bool:
        rule = entity.recognition
        return all(item.get(name) == text for name, text in rule.equals.items()) and all(
            str(item.get(name, "")).startswith(text) for name, text in rule.prefixes.items()
        )

    return [entity.name for entity in table.entities if holds(entity)]


def patterns(schema: object) -> Iterator[str]:
    if isinstance(schema, list):
        for one in schema:
            yield from patterns(one)
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for one in schema.values():
            yield from patterns(one)


def test_each_folder_has_its_tables() -> None:
    assert {name: [table.name for table in tables] for name, tables in READ.items()} == {
        "kxgen": ["leads", "messages", "personas"],
        "shop": ["shop"],
        "membership": ["membership"],
    }


@pytest.mark.parametrize("table", ALL)
def test_an_example_is_recognised_as_its_entity_alone(table: Table) -> None:
    for entity in table.entities:
        assert entity.examples
        for item in entity.examples:
            assert recognised(table, item) == [entity.name]


@pytest.mark.parametrize("table", ALL)
def test_an_example_is_valid_for_the_validator_of_writes(table: Table) -> None:
    for entity in table.entities:
        validator = Validator(entity.schema, entity.name)
        for item in entity.examples:
            assert validator.problems(item) == []


@pytest.mark.parametrize("table", ALL)
def test_patterns_mean_the_same_to_every_reader(table: Table) -> None:
    for entity in table.entities:
        found = set(patterns(entity.schema))
        assert found
        assert {pattern: portable_pattern(pattern) for pattern in found} == dict.fromkeys(found)


def test_the_message_as_documented_has_exactly_one_problem() -> None:
    message = READ["kxgen"][1].entity("Message")
    printed = dict.fromkeys(("ts", "GSI1SK", "GSI2SK"), "01HKQR5J9X8M2N3P4Q5R6S7T8U")
    problems = Validator(message.schema).problems(kxgen("messages")["examples"][0] | printed)
    assert [problem.path for problem in problems] == [("ts",)]


def test_kxgens_methods_have_the_promised_parameters_in_order() -> None:
    promised = {
        f"{pattern.entity}.{pattern.name}": (pattern.parameters, pattern.result, pattern.order)
        for table in READ["kxgen"]
        for pattern in table.patterns
    }
    assert promised == {
        "Message.conversation": (("tenant_id", "email_lc"), "page", "descending"),
        "Message.recent": (("tenant_id",), "page", "descending"),
        "Message.by_lead": (("tenant_id", "lead_id"), "page", "descending"),
        "Lead.by_phone": (("tenant_id", "phone"), "one", "ascending"),
        "Lead.by_status": (("tenant_id", "status"), "page", "ascending"),
        "Persona.active": (("tenant_id",), "page", "descending"),
        "Persona.by_status": (("tenant_id", "status"), "page", "descending"),
        "Persona.templates": (("category",), "page", "descending"),
    }


def test_the_class_names_of_kxgens_structures() -> None:
    assert {table.name: {one.name for one in table.structures} for table in READ["kxgen"]} == {
        "leads": {
            "Budget",
            "CommunicationPreferences",
            "ContactInfo",
            "InteractionHistory",
            "Preferences",
            "Qualification",
        },
        "messages": {
            "ApiContext",
            "ChannelContext",
            "ChatContext",
            "DetectedIntent",
            "EmailContext",
            "MessageMeta",
            "Sentiment",
            "SmsContext",
            "SocialContext",
            "VoiceContext",
        },
        "personas": {
            "ChannelRule",
            "ChannelRules",
            "CompanyInfo",
            "DayHours",
            "Goal",
            "GoalConfiguration",
            "GoalTarget",
            "Greetings",
            "Intent",
            "IntentCapturing",
            "IntentResponse",
            "PersonaConfig",
            "Personality",
            "WeeklyHours",
        },
    }
