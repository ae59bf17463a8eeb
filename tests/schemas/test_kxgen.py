"""What is decided in KxGen's schemas, and that they describe all that KxGen's documentation does."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from ulid import ULID

from kxmodel.keys import parse, render

from .files import FOLDERS, entities, kxgen, problems

MESSAGES, LEADS, PERSONAS = (
    FOLDERS["kxgen"] / f"{name}.json" for name in ("messages", "leads", "personas")
)
PRINTED_ULID = "01HKQR5J9X8M2N3P4Q5R6S7T8U"


def example(name: str, number: int = 0) -> dict[str, Any]:
    return copy.deepcopy(kxgen(name)["examples"][number])


def test_the_time_in_a_shown_ulid_is_created_at() -> None:
    for message in kxgen("messages")["examples"]:
        assert ULID.from_str(message["ts"]).datetime == datetime.fromisoformat(
            message["created_at"]
        )
    assert ULID.from_str(example("messages")["ts"]).datetime == datetime(
        2024, 1, 15, 10, 30, tzinfo=UTC
    )


def test_the_message_as_documented_has_exactly_one_problem() -> None:
    message = example("messages") | dict.fromkeys(("ts", "GSI1SK", "GSI2SK"), PRINTED_ULID)
    assert problems(MESSAGES, message) == ["ts"]


@pytest.mark.parametrize(
    ("name", "all_attributes"),
    [
        (
            "messages",
            "contact_pk ts tenantId email_lc source direction text conversation_id lead_id "
            "channel_context meta GSI1PK GSI1SK GSI2PK GSI2SK created_at updated_at",
        ),
        (
            "leads",
            "contact_pk sk tenantId email_lc contactInfo qualification preferences GSI1PK GSI1SK "
            "GSI2PK GSI2SK created_at updated_at created_by updated_by",
        ),
        (
            "personas",
            "persona_pk sk tenantId persona_id status config GSI1PK GSI1SK GSI2PK GSI2SK "
            "isTemplate templateCategory popularityScore templateDescription created_at "
            "updated_at created_by updated_by",
        ),
    ],
)
def test_every_documented_attribute_is_there_in_the_documented_order(
    name: str, all_attributes: str
) -> None:
    assert list(kxgen(name)["properties"]) == all_attributes.split()


@pytest.mark.parametrize("name", ["messages", "leads", "personas"])
def test_every_member_of_a_shown_item_is_declared(name: str) -> None:
    schema = kxgen(name)

    def check(value: object, part: dict[str, Any], where: str) -> None:
        if part.get("$ref", "").startswith("#/$defs/"):
            part = schema["$defs"][part["$ref"].removeprefix("#/$defs/")]
        if isinstance(value, dict):
            for member, inner in value.items():
                assert member in part["properties"], f"{where}.{member}"
                check(inner, part["properties"][member], f"{where}.{member}")
        if isinstance(value, list):
            for inner in value:
                check(inner, part["items"], where)

    for item in schema["examples"]:
        check(item, schema, name)


def test_channels_have_a_context_each_and_a_rule_each() -> None:
    channels = kxgen("common")["$defs"]["Channel"]["enum"]
    assert channels == ["sms", "email", "chat", "api", "voice", "social"]
    assert list(kxgen("messages")["$defs"]["ChannelContext"]["properties"]) == channels
    assert list(kxgen("personas")["$defs"]["ChannelRules"]["properties"]) == channels


@pytest.mark.parametrize("name", ["messages", "leads", "personas"])
def test_indexes_carry_the_documented_purpose_and_use_case(name: str) -> None:
    told = {
        "messages": {
            "GSI1": (
                "Recent Messages per Tenant: Query recent messages across all contacts for a tenant",
                "Admin dashboards, analytics, recent activity feeds",
            ),
            "GSI2": (
                "Messages by Lead: Query all messages for a specific lead",
                "Lead management, conversation tracking",
            ),
        },
        "leads": {
            "GSI1": (
                "Phone Number Lookup: Resolve phone numbers to email addresses",
                "SMS routing, contact resolution",
            ),
            "GSI2": (
                "Lead Status Queries: Query leads by status and creation date",
                "Lead management, pipeline reports",
            ),
        },
        "personas": {
            "GSI1": (
                "Active Personas per Tenant: Query active personas for a tenant",
                "Persona management, configuration UI",
            ),
            "GSI2": (
                "Persona Templates: Browse and rank persona templates",
                "Template marketplace, persona creation",
            ),
        },
    }[name]
    indexes = kxgen(name)["x-kx-table"]["indexes"]
    assert set(indexes) == set(told)
    for index, (purpose, use_case) in told.items():
        assert indexes[index]["purpose"].startswith(purpose)
        assert indexes[index]["useCase"] == use_case


def test_patterns_have_the_promised_names_and_parameters() -> None:
    def parameters(name: str) -> dict[str, list[str]]:
        return {
            pattern: [
                path["name"] if isinstance(path, dict) else path.rsplit(".")[-1]
                for path in body["given"]
            ]
            for pattern, body in kxgen(name)["x-kx-patterns"].items()
        }

    assert parameters("messages") == {
        "conversation": ["tenantId", "email_lc"],
        "recent": ["tenantId"],
        "by_lead": ["tenantId", "lead_id"],
    }
    assert parameters("leads") == {
        "by_phone": ["tenantId", "phone"],
        "by_status": ["tenantId", "status"],
    }
    assert parameters("personas") == {
        "active": ["tenantId"],
        "by_status": ["tenantId", "status"],
        "templates": ["category"],
    }


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"tenantId": "one#two"}, "tenantId"),
        ({"tenantId": ""}, "tenantId"),
        ({"email_lc": "John.Doe@example.com"}, "email_lc"),
        ({"email_lc": "john.doe"}, "email_lc"),
        ({"source": "fax"}, "source"),
        ({"direction": "sideways"}, "direction"),
        ({"created_at": "2024-01-15T10:30:00+0000"}, "created_at"),
        ({"lead_id": ""}, "lead_id"),
        ({"meta": {"processingTimeMs": -1}}, "meta.processingTimeMs"),
        ({"meta": {"sentiment": {"confidence": 1.5}}}, "meta.sentiment.confidence"),
        ({"channel_context": {"sms": {"segments": 0}}}, "channel_context.sms.segments"),
        ({"channel_context": {"sms": {"phoneNumber": "555"}}}, "channel_context.sms.phoneNumber"),
        ({"channel_context": {"voice": {"phoneNumber": 1}}}, "channel_context.voice.phoneNumber"),
    ],
)
def test_a_flaw_in_a_message_is_found(change: dict[str, object], where: str) -> None:
    assert set(problems(MESSAGES, example("messages") | change)) == {where}


@pytest.mark.parametrize(
    "name", ["tenantId", "email_lc", "source", "direction", "text", "created_at", "updated_at"]
)
def test_a_message_needs_its_sources(name: str) -> None:
    message = example("messages")
    del message[name]
    assert problems(MESSAGES, message) == [""]


@pytest.mark.parametrize(
    ("path", "item"),
    [
        (MESSAGES, example("messages") | {"edited": True, "meta": {"tokens": 12}}),
        (MESSAGES, example("messages") | {"channel_context": {"fax": {"number": "1"}}}),
        (LEADS, example("leads") | {"qualification": {"status": "won back", "rank": 1}}),
        (PERSONAS, example("personas") | {"config": {"companyInfo": {"vat": "DE1"}}}),
    ],
)
def test_what_is_not_declared_is_allowed(path: Any, item: object) -> None:
    assert problems(path, item) == []


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("05:00", True),
        ("24:00", True),
        ("24:01", False),
        ("5:00", False),
        ("22:60", False),
        ("22:00\n", False),
    ],
)
def test_opening_hours_are_times_of_day(text: str, good: bool) -> None:
    persona = example("personas")
    persona["config"]["companyInfo"]["hours"]["sunday"] = {"open": text, "close": "22:00"}
    assert (problems(PERSONAS, persona) == []) is good


@pytest.mark.parametrize(("score", "good"), [(0, True), (-0.5, False), (1_000_000_000, False)])
def test_a_popularity_score_is_within_what_its_key_can_hold(score: float, good: bool) -> None:
    persona = example("personas", 1) | {"popularityScore": score}
    assert (problems(PERSONAS, persona) == []) is good


def test_templates_rank_as_numbers_do() -> None:
    rule = entities(kxgen("personas"))["Persona"][1]["x-kx-entity"]
    rank = parse(rule["indexes"]["GSI2"]["keys"]["GSI2SK"])
    highest = kxgen("personas")["properties"]["popularityScore"]["maximum"]
    scores = [None, 0.5, 9, 87.5, 100, 12_345.6789, highest]
    keys = [render(rank, {"popularityScore": score} if score else {}) for score in scores]
    assert keys[0] == "000000000.0000"
    assert keys == sorted(keys, key=str)
    assert len(set(keys)) == len(keys)


def test_only_templates_are_in_the_marketplace() -> None:
    ordinary, template = kxgen("personas")["examples"]
    assert "GSI2PK" not in ordinary
    assert template["GSI2PK"] == f"TEMPLATE#{template['templateCategory']}"


def test_tenants_are_kept_apart_by_key_filter_or_purpose() -> None:
    isolation = {
        (name, index): body["tenantIsolation"]
        for name in ("messages", "leads", "personas")
        for index, body in kxgen(name)["x-kx-table"]["indexes"].items()
    }
    assert isolation == {
        ("messages", "GSI1"): "key",
        ("messages", "GSI2"): "filter",
        ("leads", "GSI1"): "key",
        ("leads", "GSI2"): "key",
        ("personas", "GSI1"): "key",
        ("personas", "GSI2"): "none",
    }
    assert kxgen("messages")["x-kx-patterns"]["by_lead"]["filter"] == ["tenantId"]


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("TenantId", False),
        ("Email", True),
        ("EmailLower", True),
        ("PhoneE164", True),
        ("IpAddress", True),
    ],
)
def test_personal_data_is_marked(name: str, personal: bool) -> None:
    assert kxgen("common")["$defs"][name].get("x-kx-pii", False) is personal


def test_the_names_and_words_of_people_are_marked() -> None:
    contact = kxgen("leads")["$defs"]["ContactInfo"]["properties"]
    for name in ("firstName", "lastName", "fullName"):
        assert contact[name]["x-kx-pii"] is True
    assert kxgen("messages")["properties"]["text"]["x-kx-pii"] is True
