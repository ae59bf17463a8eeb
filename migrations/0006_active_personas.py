"""Active personas of a tenant: give every stored persona its GSI1 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0006_active_personas",
    follows="0005_leads_by_status",
    operations=[
        op.BackfillKeys(
            "personas",
            entity="Persona",
            index="GSI1",
            keys={"GSI1PK": "${tenantId}", "GSI1SK": "${status}#${updated_at}"},
        ),
        op.VerifyKeys("personas", index="GSI1"),
        op.CreateIndex("personas", "GSI1", hash="GSI1PK", range="GSI1SK"),
    ],
)
