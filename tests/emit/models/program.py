"""A user's program over the generated packages; mypy --strict reads it, nobody runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from gen_byhand import Club, Event, Picture
from gen_byhand import Page as MemberPage
from gen_byhand.gallery_v2 import Leaf, Tree
from gen_kxgen import Lead, Message, Persona
from gen_kxgen.leads import ContactInfo
from gen_shop import Customer, Order


def leads() -> None:
    lead = Lead(tenant_id="t", email_lc="a@b.org", contact_info={"phone": "+41441234567"})
    lead.contact_info = ContactInfo(phone="+41441234567")
    name: str | None = lead.contact_info.first_name if lead.contact_info else None
    made: datetime = lead.created_at
    lead.update(actions=[Lead.created_by.set(name or made.isoformat())])
    for found in Lead.by_status("t", "new", between=(datetime.now(UTC), "2024-01-15T10:30:00Z")):
        print(found.email_lc.upper(), Lead.contact_info.phone == "+41441234567")
    one: Lead | None = Lead.by_phone("t", phone="+41441234567")
    print(one)


def messages() -> str | None:
    page = Message.conversation("t", "a@b.org", limit=3, begins_with="01")
    texts: list[str] = [message.ts for message in page]
    print(texts, Persona.templates("sales", reverse=True, ge=3), Persona.active(tenant_id="t"))
    return page.cursor


def shop() -> None:
    for item in Customer.with_orders("c1"):
        print(item.customer_id)
    orders: list[Order] = Customer.with_orders("c1").of(Order)
    total: Decimal = sum((order.total for order in orders), Decimal(0))
    print(total)


def by_hand() -> None:
    picture = Picture(
        tenant="t",
        kind="oil",
        size=3,
        frame=2,
        years={1999},
        tree=Tree(label="a", leaf=Leaf(list=["x"], str="y"), children=[{"label": "b"}]),
        colours=("red", "blue"),
    )
    for child in picture.tree.children or ():
        print(child.label, child.leaf.list)
    event: Event | None = Club.first_event("c", "2024-01-15T10:30:00Z")
    starts: datetime | None = event.sk if event is not None else None
    members: list[MemberPage] = Club.all_of("c").of(MemberPage)
    print(starts, members, Picture.list("t", "ink", lt="01"))
