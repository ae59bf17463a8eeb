"""How a table is set up in AWS, apart from its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from kxmodel.ir import Settings, Table

_STREAMS = {
    "KEYS_ONLY": "the keys of what was written",
    "NEW_IMAGE": "items as they are after a write",
    "OLD_IMAGE": "items as they were before a write",
    "NEW_AND_OLD_IMAGES": "items before and after a write",
}
_KEYS = {
    "aws-owned": "at rest, with a key that AWS owns",
    "aws-managed": "at rest, with a key in your account that AWS manages",
}


def settings(table: Table) -> str:
    """A table of them."""
    own = table.settings
    rows = [
        ("Billing", _billing(own)),
        ("Time to live", _ttl(own)),
        ("Stream", _STREAMS[own.stream] if own.stream else "none"),
        ("Encryption", _KEYS.get(own.encryption) or f"at rest, with {md.code(own.encryption)}"),
        ("Point-in-time recovery", "on" if own.point_in_time_recovery else "off"),
        ("Deletion protection", "on" if own.deletion_protection else "off"),
        ("Tags", ", ".join(md.code(f"{k}={v}") for k, v in own.tags.items()) or "none"),
    ]
    return md.table(("Setting", "Value"), rows)


def _billing(own: Settings) -> str:
    if own.billing == "on-demand":
        return "on demand: each request is paid for"
    return (
        f"provisioned: {own.read_capacity} read and {own.write_capacity} write capacity units "
        "a second"
    )


def _ttl(own: Settings) -> str:
    if own.ttl is None:
        return "none: items stay until they are deleted"
    return f"an item goes some time after the moment in its {md.code(own.ttl)}"
