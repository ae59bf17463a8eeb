"""Recent messages of a tenant: give every stored message its GSI1 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0002_recent_messages",
    follows="0001_create_tables",
    operations=[
        op.BackfillKeys(
            "messages",
            entity="Message",
            index="GSI1",
            keys={"GSI1PK": "${tenantId}", "GSI1SK": "${ts}"},
        ),
        op.VerifyKeys("messages", index="GSI1"),
        op.CreateIndex("messages", "GSI1", hash="GSI1PK", range="GSI1SK"),
    ],
)
