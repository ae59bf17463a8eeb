"""Leads by status: give every stored lead its GSI2 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0005_leads_by_status",
    follows="0004_leads_by_phone",
    operations=[
        op.BackfillKeys(
            "leads",
            entity="Lead",
            index="GSI2",
            keys={"GSI2PK": "${tenantId}#${qualification.status}", "GSI2SK": "${created_at}"},
        ),
        op.VerifyKeys("leads", index="GSI2"),
        op.CreateIndex("leads", "GSI2", hash="GSI2PK", range="GSI2SK"),
    ],
)
