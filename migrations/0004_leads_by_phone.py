"""Whose number is this: give every stored lead its GSI1 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0004_leads_by_phone",
    follows="0003_messages_by_lead",
    operations=[
        op.BackfillKeys(
            "leads",
            entity="Lead",
            index="GSI1",
            keys={"GSI1PK": "${tenantId}#${contactInfo.phone}", "GSI1SK": "PHONE_LOOKUP"},
        ),
        op.VerifyKeys("leads", index="GSI1"),
        op.CreateIndex("leads", "GSI1", hash="GSI1PK", range="GSI1SK"),
    ],
)
