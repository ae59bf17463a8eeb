from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.docs import told
from kxmodel.docs.asking import Condition, asked
from tests.emit.designs import design

KXGEN = {table.name: table for table in design("kxgen")}
SHOP = design("shop")[0]
MEMBERS = design("membership")[0]


def pattern(table, entity, name):
    return next(p for p in table.patterns if (p.entity, p.name) == (entity, name))


@pytest.mark.parametrize(
    ("size", "consistent", "units"),
    [(1, False, 0.5), (4096, True, 1.0), (4097, True, 2.0), (4097, False, 1.0), (0, True, 0.0)],
)
def test_read_units_are_for_each_begun_4096_bytes(size, consistent, units):
    assert told.units(size, consistent=consistent) == units


def test_the_cost_is_of_what_is_read_and_a_page_ends_at_a_megabyte():
    table = KXGEN["messages"]
    found = asked(table, pattern(table, "Message", "by_lead"))
    price = told.cost(found)
    sizes = [item.size for item in found.read()]
    assert (price.read, price.bytes) == (2, sum(sizes))
    assert price.typical == round(sum(sizes) / 2)
    assert price.most == 100
    assert price.full == told.units(100 * price.typical, consistent=False)
    wide = replace(found, pattern=replace(found.pattern, limit=1_000_000))
    assert told.cost(wide).most == told.PAGE_BYTES // price.typical


def test_tenancy_says_what_keeps_tenants_apart():
    messages, personas = KXGEN["messages"], KXGEN["personas"]
    recent = told.tenancy(messages, pattern(messages, "Message", "recent"))
    assert "part of the partition key" in recent
    assert "filter" in told.tenancy(messages, pattern(messages, "Message", "by_lead"))
    assert "on purpose" in told.tenancy(personas, pattern(personas, "Persona", "templates"))
    assert "no tenants" in told.tenancy(SHOP, SHOP.patterns[0])
    own = told.tenancy(messages, pattern(messages, "Message", "conversation"))
    assert "part of the partition key" in own
    bare = replace(messages, tenant="other")
    assert "no `other`" in told.tenancy(bare, pattern(messages, "Message", "conversation"))


def test_order_and_what_comes_back():
    leads, personas = KXGEN["leads"], KXGEN["personas"]
    assert told.order(leads, pattern(leads, "Lead", "by_phone")) == ""
    assert told.order(leads, pattern(leads, "Lead", "by_status")) == "oldest `created_at` first"
    highest = told.order(personas, pattern(personas, "Persona", "templates"))
    assert highest == "highest `popularityScore` first"
    names = replace(MEMBERS.patterns[0], range="name", result="page")
    assert told.order(MEMBERS, names) == "by `name`, A to Z"
    assert told.comes_back(pattern(leads, "Lead", "by_phone")) == "at most one Lead"
    together = told.comes_back(pattern(SHOP, "Order", "with_lines"))
    assert together == "Order, Invoice and OrderLine together"


def test_only_text_is_narrowed_by_its_beginning():
    personas, messages = KXGEN["personas"], KXGEN["messages"]
    assert "begins_with" in told.narrowings(messages, pattern(messages, "Message", "recent"))
    assert "begins_with" not in told.narrowings(personas, pattern(personas, "Persona", "templates"))
    assert told.narrowings(SHOP, pattern(SHOP, "Customer", "by_email")) == ()


def test_conditions_in_a_line():
    text = told.condition(
        (
            Condition(("a",), "=", ({"S": "x"},)),
            Condition(("b",), "BETWEEN", ({"N": "1"}, {"N": "2"})),
            Condition(("c", "d"), "begins_with", ({"S": "y"},)),
        )
    )
    assert text == 'a = "x" AND b BETWEEN 1 AND 2 AND begins_with(c.d, "y")'


def test_binary_and_flags_are_written_as_json_has_them():
    found = [
        Condition(("a",), "=", ({"B": b"\x00\xff"},)),
        Condition(("b",), "=", ({"BOOL": True},)),
    ]
    assert told.condition(found) == 'a = "AP8=" (base64) AND b = true'
    assert told.condition([Condition(("n",), ">", ({"N": "0.10"},))]) == "n > 0.10"
