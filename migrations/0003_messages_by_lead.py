"""Messages by lead: give every stored message its GSI2 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0003_messages_by_lead",
    follows="0002_recent_messages",
    operations=[
        op.BackfillKeys(
            "messages",
            entity="Message",
            index="GSI2",
            keys={"GSI2PK": "${lead_id}", "GSI2SK": "${ts}"},
        ),
        op.VerifyKeys("messages", index="GSI2"),
        op.CreateIndex("messages", "GSI2", hash="GSI2PK", range="GSI2SK"),
    ],
)
