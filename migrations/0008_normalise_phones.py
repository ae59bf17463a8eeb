"""Bring the phone numbers of leads into E.164, and with each its key in GSI1.

A number that cannot be read, or has no country code, stays as it is: the validation after this names
it. Going back keeps the numbers: every reader takes them.
"""

from typing import Any

from kxmodel.errors import ValueRefused
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.values import normalise_phone


def in_e164(item: dict[str, Any]) -> dict[str, Any]:
    contact = item.get("contactInfo")
    phone = contact.get("phone") if isinstance(contact, dict) else None
    if not isinstance(phone, str):
        return {}
    try:
        return {"contactInfo": {**contact, "phone": normalise_phone(phone)}}
    except ValueRefused:
        return {}


def keep(item: dict[str, Any]) -> dict[str, Any]:
    del item
    return {}


migration = Migration(
    revision="0008_normalise_phones",
    follows="0007_persona_templates",
    operations=[
        op.TransformAttribute(
            "leads",
            entity="Lead",
            function=in_e164,
            reads=["contactInfo"],
            undo=keep,
        ),
        op.VerifyKeys("leads", index="GSI1"),
    ],
)
