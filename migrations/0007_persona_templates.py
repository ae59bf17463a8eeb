"""Persona templates: give every stored template its GSI2 key, then build the index."""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0007_persona_templates",
    follows="0006_active_personas",
    operations=[
        op.BackfillKeys(
            "personas",
            entity="Persona",
            index="GSI2",
            keys={
                "GSI2PK": "TEMPLATE#${templateCategory}",
                "GSI2SK": "${popularityScore|default:0|pad:9.4,round}",
            },
            when={"isTemplate": {"equals": True}},
        ),
        op.VerifyKeys("personas", index="GSI2"),
        op.CreateIndex("personas", "GSI2", hash="GSI2PK", range="GSI2SK"),
    ],
)
