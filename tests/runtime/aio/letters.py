"""Messages to write and to find again."""

from __future__ import annotations

from kxmodel.models import Message


def letter(number: int, tenant: str = "t1") -> Message:
    """A new message, one of three contacts'."""
    return Message(
        tenant_id=tenant,
        email_lc=f"m{number % 3}@example.com",
        source="chat",
        direction="inbound",
        text=f"text {number}",
    )


def write(count: int, tenant: str = "t1") -> None:
    """Write that many messages."""
    with Message.batch_write() as batch:
        for number in range(count):
            batch.save(letter(number, tenant))
