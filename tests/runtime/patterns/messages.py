"""Messages of two tenants, as the tests of pages and cursors share them."""

from __future__ import annotations

from kxmodel.runtime.entity import Entity, IndexKeys, Pattern
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys

MESSAGE = Entity(
    name="Message",
    keys={"contact_pk": "${tenantId}#${email}", "ts": "${ts}"},
    schema="x:X",
    tenant="tenantId",
    indexes=(
        IndexKeys("GSI1", keys={"GSI1PK": "${tenantId}", "GSI1SK": "${ts}"}),
        IndexKeys("GSI2", keys={"GSI2PK": "${lead_id}", "GSI2SK": "${ts}"}),
        IndexKeys("GSI3", keys={"GSI3PK": "${tenantId}", "GSI3SK": "${score}"}),
    ),
)
CONVERSATION = Pattern("conversation", given=("tenantId", "email"), range="ts", order="descending")
RECENT = Pattern("recent", index="GSI1", given=("tenantId",), range="ts")
BY_LEAD = Pattern("by_lead", index="GSI2", given=("tenantId", "lead_id"), filter=("tenantId",))
BY_SCORE = Pattern("by_score", index="GSI3", given=("tenantId",), range="score")


def message(tenant: str, number: int, *, email: str = "a@b.c", lead: str = "L1") -> dict:
    ts = f"ts{number:04}"
    return {
        "contact_pk": {"S": f"{tenant}#{email}"},
        "ts": {"S": ts},
        "tenantId": {"S": tenant},
        "lead_id": {"S": lead},
        "GSI1PK": {"S": tenant},
        "GSI1SK": {"S": ts},
        "GSI2PK": {"S": lead},
        "GSI2SK": {"S": ts},
        "GSI3PK": {"S": tenant},
        "GSI3SK": {"N": str(number)},
    }


def table_of(*items: dict) -> FakeTable:
    return FakeTable(
        Keys((("contact_pk", "S"),), (("ts", "S"),)),
        indexes={
            "GSI1": Keys((("GSI1PK", "S"),), (("GSI1SK", "S"),)),
            "GSI2": Keys((("GSI2PK", "S"),), (("GSI2SK", "S"),)),
            "GSI3": Keys((("GSI3PK", "S"),), (("GSI3SK", "N"),)),
        },
        items=list(items),
        entity_of=lambda item: "Message",
    )
