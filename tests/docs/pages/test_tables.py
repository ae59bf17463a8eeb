from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kxmodel.docs import addresses as at
from kxmodel.docs.pages import attributes
from kxmodel.docs.pages.tables import pages
from kxmodel.docs.project import Project
from kxmodel.docs.site import pages as every_page
from kxmodel.docs.worked import worked
from tests.emit.designs import NAMES, design

if TYPE_CHECKING:
    from kxmodel.ir import Table


def page(table: Table) -> str:
    ((path, text),) = pages(Project((table,), package="p"))
    assert path == at.table_page(table)
    return text


def section(text: str, anchor: str) -> str:
    """A section of the second level."""
    return text.split(f"{{ #{anchor} }}")[1].split("\n## ")[0]


def test_indexes_say_what_is_in_them() -> None:
    (shop,) = design("shop")
    text = section(page(shop), "index-gsi3").split("\n### ")[0]
    assert 'only if status is "placed" or "paid" and it has warehouse' in text
    assert "Never in it: Customer, OrderLine and Product." in text
    assert "partition key `GSI3PK`, sort key `GSI3SK`" in text


def test_tenants() -> None:
    leads, messages, personas = design("kxgen")
    rows = section(page(messages), "tenants").split("\n")
    assert "a filter, which every read must bring" in next(r for r in rows if "[GSI2]" in r)
    assert "nothing: what is there is for all" in section(page(personas), "tenants")
    assert "a read sees one tenant's items" in section(page(leads), "tenants")
    (shop,) = design("shop")
    assert "{ #tenants }" not in page(shop)


def test_settings() -> None:
    gallery, _ = design("byhand")
    text = section(page(gallery), "settings")
    assert "provisioned: 5 read and 2 write capacity units a second" in text
    assert "items as they are after a write" in text
    assert "`team=art`" in text
    (shop,) = design("shop")
    assert "some time after the moment in its `expiresAt`" in section(page(shop), "settings")


def test_sizes_add_up() -> None:
    (shop,) = design("shop")
    rows = [
        r for r in section(page(shop), "sizes").split("\n") if "ORDER#" in r or "CUSTOMER#" in r
    ]
    items = {f"{i.plain['PK']} / {i.plain['SK']}": i for i in worked(shop)}
    assert len(rows) + sum("PRODUCT#" in k.split(" / ")[1] for k in items) == len(items)
    for row in rows:
        name, size, *units, total, _ = [c.strip() for c in row.strip("| ").split(" | ")]
        assert int(size.replace(",", "")) == items[name.partition("`")[2].rstrip("`")].size
        assert f"**{sum(map(int, units))}**" == total


def test_entities_and_how_they_are_known() -> None:
    _, club = design("byhand")
    text = section(page(club), "keys")
    assert "An item is one if `SK` is `CLUB` and `PK` begins with `CLUB#`" in text
    assert "What is no other entity is one." in text


@pytest.mark.parametrize("name", NAMES)
def test_every_section_that_has_something_to_say(name: str) -> None:
    for table in design(name):
        text = page(table)
        assert ("{ #indexes }" in text) == bool(table.indexes)
        assert ("{ #structures }" in text) == bool(table.structures)
        assert ("{ #examples }" in text) == any(e.examples for e in table.entities)
        assert "{ #settings }" in text
        assert "409,600 bytes (400 KB)" in text


def test_one_attribute_is_counted_as_one() -> None:
    (shop,) = design("shop")
    entity = shop.entities[0]
    alone = replace(entity, attributes=entity.attributes[:1])
    text = page(replace(shop, entities=(alone, *shop.entities[1:])))
    assert "It has [1 attribute](" in text
    assert f"It has [{len(shop.entities[1].attributes)} attributes](" in text


def test_a_local_index_keeps_tenants_apart_as_its_table_does() -> None:
    """Its partition key is the table's."""
    leads = design("kxgen")[0]
    local = replace(leads.indexes[0], name="LSI1", local=True, hash=leads.keys[:1])
    entities = tuple(replace(entity, indexes=()) for entity in leads.entities)
    keyless = replace(leads, tenant="created_by", indexes=(local,), entities=entities, patterns=())
    rows = section(page(keyless), "tenants").split("\n")
    assert "| nothing: what is there is for all tenants |" in next(r for r in rows if "LSI1" in r)


def test_a_primary_key_that_nobody_gives_is_in_every_item() -> None:
    (_, text), *_ = attributes.pages(Project(tables=design("kxgen"), package="app.models"))
    facts = [line for line in text.splitlines() if " in DynamoDB; " in line]
    assert (
        "- `contact_pk` in Python, `str`; string in JSON; `S` in DynamoDB; in every item." in facts
    )
    assert "- `gsi1_pk` in Python, `str`; string in JSON; `S` in DynamoDB; optional." in facts
    assert "- `tenant_id` in Python, `str`; string in JSON; `S` in DynamoDB; required." in facts


def test_numbers_of_examples_keep_every_digit() -> None:
    (shop,) = design("shop")
    share = Decimal("0.12345678901234567891")
    product = shop.entity("Product")
    example = {**product.examples[0], "more": share}
    changed = replace(shop, entities=(replace(product, examples=(example,)),), patterns=())
    project = Project((changed,), package="p")
    texts = dict(every_page(project))
    assert f'"more": {share}' in texts[at.table_page(changed)]
