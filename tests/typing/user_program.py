# pyright: strict
"""A user's program: what mypy and pyright, both strict, must accept without an ignore."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_type

from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel import Page
from kxmodel.models import Lead, Message, Persona
from kxmodel.models.leads import ContactInfo, Qualification

if TYPE_CHECKING:
    from collections.abc import Iterator


class MyLead(Lead):
    """A user's own subclass with a method of its own."""

    def greeting(self) -> str:
        contact = self.contact_info
        return f"Hello {contact.first_name or 'there'}" if contact is not None else "Hello"


def write() -> Message:
    message = Message(
        tenant_id="gym",
        email_lc="Ann@Example.com",
        source="chat",
        direction="inbound",
        text="Hi!",
        channel_context={"chat": {"sessionId": "s1"}},
        created_at=datetime(2024, 1, 15, tzinfo=UTC),
    )
    message.save()
    lead = Lead(
        tenant_id="gym",
        email_lc="ann@example.com",
        contact_info=ContactInfo(first_name="Ann", phone="+19545550123"),
        qualification=Qualification(status="new", score=1),
    )
    lead.save(Lead.email_lc.does_not_exist())
    lead.update(actions=[Lead.qualification.status.set("qualified")])
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.save(lead)
        transaction.update(message, actions=[Message.text.set("Hello!")])
    with Message.batch_write() as batch:
        batch.save(message)
    return message


def read(tenant: str) -> Iterator[str]:
    page = Message.conversation(tenant, "ann@example.com", limit=10, begins_with="01")
    assert_type(page, Page[Message])
    assert_type(page.cursor, "str | None")
    for each in page.pages():
        for message in each:
            assert_type(message.created_at, datetime)
            assert_type(message.lead_id, "str | None")
            yield message.text
    assert_type(page[0].source == "chat", bool)
    assert_type(Message.recent(tenant, cursor=page.cursor), Page[Message])
    assert_type(Message.by_lead(tenant, lead_id="l1", reverse=True), Page[Message])
    assert_type(
        Message.find(tenant, "ann@example.com", "01HM6AQH208M2N3P4Q5R6S7T8V"), "Message | None"
    )
    assert_type(MyLead.by_phone(tenant, "+19545550123"), "MyLead | None")
    since = datetime(2024, 1, 1, tzinfo=UTC)
    assert_type(Lead.by_status(tenant, "qualified", ge=since), Page[Lead])
    assert_type(Lead.find(tenant, "ann@example.com"), "Lead | None")
    assert_type(Persona.active(tenant), Page[Persona])
    assert_type(Persona.by_status(tenant, "draft"), Page[Persona])
    assert_type(Persona.templates("fitness", between=(1.0, 5.0)), Page[Persona])
    persona = Persona.find(tenant, persona_id="carlos")
    if persona is not None and persona.config is not None:
        assert_type(persona.config.name, "str | None")
    for lead in Lead.query("gym#ann@example.com", Lead.sk == "PROFILE"):
        yield lead.email_lc


async def awaited(tenant: str) -> list[str]:
    """The same for asyncio."""
    message = Message(
        tenant_id=tenant, email_lc="bob@example.com", source="chat", direction="inbound", text="Hi!"
    )
    await message.aio.save(Message.text.does_not_exist())
    await message.aio.update([Message.text.set("Hello!")], add_version_condition=False)
    await message.aio.refresh(consistent_read=True)
    page = await Message.aio.conversation(tenant, "bob@example.com", limit=10, begins_with="01")
    assert_type(page, Page[Message])
    assert_type(await Message.aio.find(tenant, "bob@example.com", message.ts), "Message | None")
    assert_type(await MyLead.aio.by_phone(tenant, phone="+19545550123"), "MyLead | None")
    assert_type(await Lead.aio.scan(limit=5), list[Lead])
    texts = [message.text async for message in Message.aio.recent(tenant, limit=2)]
    async for each in Message.aio.recent(tenant).pages():
        assert_type(each, Page[Message])
    async for lead in MyLead.aio.by_status(tenant, "new", reverse=True):
        assert_type(lead, MyLead)
    key = (f"{tenant}#bob@example.com", message.ts)
    assert_type(await Message.aio.get(*key), Message)
    async for found in Message.aio.batch_get([key]):
        assert_type(found, Message)
    async with Message.aio.batch_write() as batch:
        await batch.delete(message)
    await message.aio.delete()
    return texts


def main() -> None:
    with kxmodel.bind(
        endpoint_url="http://localhost:8000", region="us-east-1", table_prefix="dev-"
    ):
        for model in (Message, Lead, Persona):
            model.create_table(wait=True)
        stored = write()
        copy = Message.from_item(stored.to_item())
        again = Message.from_json(stored.to_json())
        try:
            copy.refresh()
            again.delete()
        except kxmodel.KxError as error:
            print(error.code)
        print(*read("gym"), sep="\n")
        print(*asyncio.run(awaited("gym")), sep="\n")


if __name__ == "__main__":
    main()
