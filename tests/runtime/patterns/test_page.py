"""Pages and item collections."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kxmodel.errors import NotUniqueError
from kxmodel.runtime.entity import Entity, IndexKeys, Pattern
from kxmodel.runtime.patterns import Page, Stats, run_collection, run_page
from tests.runtime.patterns.messages import MESSAGE, RECENT, message, table_of
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys


def page_of(*objects: object) -> Page[object]:
    return Page(objects, cursor=None, request={}, stats=Stats(), following=lambda cursor: None)


def test_a_page_is_a_sequence():
    page = page_of("a", "b", "c")
    assert (len(page), page[0], page[-1], page[1:]) == (3, "a", "c", ("b", "c"))
    assert list(page) == ["a", "b", "c"]
    assert list(reversed(page)) == ["c", "b", "a"]
    assert "b" in page
    assert page.index("b") == 1
    assert bool(page)
    assert not page_of()
    with pytest.raises(IndexError):
        page[3]


def test_pages_begins_with_itself_and_leaves_out_an_empty_end():
    table = table_of(*(message("t1", n) for n in range(4)))
    page = run_page(table, MESSAGE, RECENT, ("t1",), 2)
    assert [len(one) for one in page.pages()] == [2, 2]
    assert next(iter(page.pages())) is page
    empty = run_page(table, MESSAGE, RECENT, ("t9",), 2)
    assert [len(one) for one in empty.pages()] == [0]
    assert empty.next() is None


def test_pages_are_read_when_asked_for():
    table = table_of(*(message("t1", n) for n in range(6)))
    pages = run_page(table, MESSAGE, RECENT, ("t1",), 2).pages()
    next(pages)
    assert len(table.requests) == 1
    next(pages)
    assert len(table.requests) == 2


def test_repr_says_what_it_holds():
    assert repr(page_of("a", "b", 1)) == "Page(2 str, 1 int, the end)"
    assert repr(page_of()) == "Page(empty, the end)"
    page = run_page(table_of(*(message("t1", n) for n in range(4))), MESSAGE, RECENT, ("t1",), 2)
    assert repr(page) == "Page(2 dict, more to come)"


@dataclass
class Customer:
    raw: dict


@dataclass
class Order:
    raw: dict


@dataclass
class Line:
    raw: dict


CUSTOMER = Entity(
    name="Customer",
    keys={"PK": "CUSTOMER#${customer}", "SK": "PROFILE"},
    schema="x:X",
)
ORDER = Entity(
    name="Order",
    keys={"PK": "CUSTOMER#${customer}", "SK": "ORDER#${order}"},
    schema="x:X",
    indexes=(IndexKeys("INV", keys={}),),
)
LINE = Entity(
    name="Line",
    keys={"PK": "CUSTOMER#${customer}", "SK": "ORDER#${order}#LINE#${number}"},
    schema="x:X",
)
CLASSES = {"Customer": Customer, "Order": Order, "Line": Line}


class Shop(FakeTable):
    def load(self, item, partial, text):
        name = self.entity_name(item)
        return CLASSES[name](item) if name else item


def recognise(item):
    sk = item["SK"]["S"]
    if sk == "PROFILE":
        return "Customer"
    if sk.startswith("ORDER#"):
        return "Line" if "#LINE#" in sk else "Order"
    return None


def shop() -> Shop:
    sks = ["PROFILE", "ORDER#1", "ORDER#1#LINE#1", "ORDER#1#LINE#2", "ORDER#10", "ORDER#10#LINE#1"]
    sks += ["ORDER#2", "XRAY#1"]
    items = [{"PK": {"S": f"CUSTOMER#{c}"}, "SK": {"S": sk}} for c in ("c1", "c2") for sk in sks]
    return Shop(
        Keys((("PK", "S"),), (("SK", "S"),)),
        indexes={"INV": Keys((("SK", "S"),), (("PK", "S"),))},
        items=items,
        entity_of=recognise,
    )


ALL = Pattern(
    "everything",
    given=("customer",),
    result="collection",
    returns=("Customer", "Order", "Line"),
)


def test_a_collection_is_grouped_by_class_and_keeps_the_order():
    found = run_collection(shop(), CUSTOMER, ALL, ("c1",), 50, entities=(CUSTOMER, ORDER, LINE))
    assert [one.raw["SK"]["S"] for one in found.of(Order)] == ["ORDER#1", "ORDER#10", "ORDER#2"]
    assert [type(one).__name__ for one in found][:3] == ["Order", "Line", "Line"]
    assert found.one(Customer).raw["SK"]["S"] == "PROFILE"
    assert found.one(str) is None
    assert [one["SK"]["S"] for one in found.unknown] == ["XRAY#1"]
    assert len(found) == 7
    with pytest.raises(NotUniqueError, match=r"Customer\.everything.* found 3 of Order"):
        found.one(Order)


def test_without_the_other_entities_templates_it_finds_the_same():
    assert len(run_collection(shop(), CUSTOMER, ALL, ("c1",), 50)) == 7
    bare = Pattern("everything", given=("customer",), result="collection")
    assert len(run_collection(shop(), CUSTOMER, bare, ("c1",), 50)) == 7


def test_unknown_items_count_towards_the_limit_and_pages_lose_nothing():
    first = run_collection(shop(), CUSTOMER, ALL, ("c1",), 3, entities=(CUSTOMER, ORDER, LINE))
    pages = list(first.pages())
    assert [len(page) + len(page.unknown) for page in pages] == [3, 3, 2]
    assert pages[-1].unknown
    assert pages[-1].cursor is None


def test_a_collection_of_one_order_does_not_take_its_neighbour_along():
    pattern = Pattern(
        "order", given=("customer", "order"), result="collection", returns=("Order", "Line")
    )
    table = shop()
    found = run_collection(table, ORDER, pattern, ("c1", "1"), 50, entities=(ORDER, LINE))
    assert [one.raw["SK"]["S"] for one in found] == ["ORDER#1", "ORDER#1#LINE#1", "ORDER#1#LINE#2"]
    assert found.request["KeyConditionExpression"] == "#pk = :pk AND begins_with(#sk, :sk)"


def test_what_is_unknown_comes_along_only_under_the_head():
    pattern = Pattern(
        "order", given=("customer", "order"), result="collection", returns=("Order", "Line")
    )
    table = shop()
    for sk in ("ORDER#1#NOTE#1", "ORDER#10#NOTE#1", "ORDER#1x"):
        table.items.append({"PK": {"S": "CUSTOMER#c1"}, "SK": {"S": sk}})
    table.entity_of = lambda item: (
        None if "NOTE" in item["SK"]["S"] or "x" in item["SK"]["S"] else recognise(item)
    )
    found = run_collection(table, ORDER, pattern, ("c1", "1"), 50, entities=(ORDER, LINE))
    assert [one["SK"]["S"] for one in found.unknown] == ["ORDER#1#NOTE#1"]
    assert len(found) == 3
    values = found.request["ExpressionAttributeValues"]
    assert values[":sk"] == {"S": "ORDER#1"}


def test_a_page_of_several_entities_asks_for_what_they_share():
    pattern = Pattern("orders", given=("customer",), returns=("Order", "Line"))
    found = run_page(shop(), ORDER, pattern, ("c1",), 50, entities=(ORDER, LINE))
    assert len(found) == 6
    assert found.request["ExpressionAttributeValues"][":sk"] == {"S": "ORDER#"}


def test_narrowing_rules_out_entities_without_that_part():
    pattern = Pattern("orders", given=("customer",), returns=("Customer", "Order"), range="order")
    found = run_page(
        shop(), ORDER, pattern, ("c1",), 50, narrow={"ge": "10"}, entities=(ORDER, CUSTOMER)
    )
    assert [one.raw["SK"]["S"] for one in found] == ["ORDER#10", "ORDER#2"]


def test_an_inverted_index_uses_the_tables_own_templates():
    pattern = Pattern("holders", index="INV", given=("order",), range="customer")
    table = shop()
    found = run_page(table, ORDER, pattern, ("1",), 50)
    assert [one.raw["PK"]["S"] for one in found] == ["CUSTOMER#c1", "CUSTOMER#c2"]
    values = found.request["ExpressionAttributeValues"]
    assert values == {":pk": {"S": "ORDER#1"}, ":sk": {"S": "CUSTOMER#"}}
    first = run_page(table, ORDER, pattern, ("1",), 1)
    assert [one.raw["PK"]["S"] for page in first.pages() for one in page] == [
        "CUSTOMER#c1",
        "CUSTOMER#c2",
    ]
