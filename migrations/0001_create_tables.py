"""The three tables with their primary keys only, as they were before they had any index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0001_create_tables",
    operations=[
        op.CreateTable("leads", hash="contact_pk", range="sk"),
        op.AddEntity(
            "leads",
            entity="Lead",
            keys={"contact_pk": "${tenantId}#${email_lc}", "sk": "PROFILE"},
            schema="sha256:28deefd67ebcee5946ab6d2f5e69c708e16f3c0a57af1981d56d245c7f440a21",
        ),
        op.CreateTable("messages", hash="contact_pk", range="ts"),
        op.AddEntity(
            "messages",
            entity="Message",
            keys={"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"},
            schema="sha256:e76a0233af1e460fae3b4cf8f85f58ac47a31290db1e2e3cd5a5367266619d9d",
        ),
        op.CreateTable("personas", hash="persona_pk", range="sk"),
        op.AddEntity(
            "personas",
            entity="Persona",
            keys={"persona_pk": "${tenantId}#${persona_id}", "sk": "CONFIG"},
            schema="sha256:4aba6290a7e87da97997ac7588c743a4710916c873de585d28d6765c67c08431",
        ),
    ],
)
